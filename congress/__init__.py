"""The project: wiring only. Celery's app is loaded with Django so that shared tasks find it."""

from congress.celery import app as celery_app

__all__ = ["celery_app"]
