from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "congress.shared"
    label = "shared"
    verbose_name = "基础"
    default_auto_field = "django.db.models.BigAutoField"
