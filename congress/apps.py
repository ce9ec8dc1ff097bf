"""Django's admin with our own site in it; Celery is loaded with it, so shared tasks find it."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig

from congress.celery import app as celery_app

__all__ = ["AdminConfig", "celery_app"]


class AdminConfig(DjangoAdminConfig):
    default_site = "congress.site.CongressAdminSite"
