from django.conf import settings
from django.urls import path

from congress.home import patterns, views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
]
if settings.DEBUG:
    urlpatterns.append(path("patterns/", patterns.patterns, name="patterns"))
