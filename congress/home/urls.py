from django.conf import settings
from django.urls import path

from congress.home import patterns
from congress.home.views import front, public, wall

app_name = "home"
urlpatterns = [
    path("", front.front, name="front"),
    path("d/<str:code>/", public.deputy, name="deputy"),
    path("wall/<int:pk>/", wall.wall, name="wall"),
]
if settings.DEBUG:
    urlpatterns.append(path("patterns/", patterns.patterns, name="patterns"))
