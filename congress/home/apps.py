from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "congress.home"
    label = "home"
    verbose_name = "首页"
