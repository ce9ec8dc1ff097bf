from django.conf import settings
from django.urls import path

from congress.home import patterns
from congress.home.views import front

app_name = "home"
urlpatterns = [
    path("", front.front, name="front"),
]
if settings.DEBUG:
    urlpatterns.append(path("patterns/", patterns.patterns, name="patterns"))
