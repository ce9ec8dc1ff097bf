from django.conf import settings
from django.urls import path

from congress.home.views import front, public, search, wall

app_name = "home"
urlpatterns = [
    path("", front.front, name="front"),
    path("search/", search.search, name="search"),
    path("d/<str:code>/", public.deputy, name="deputy"),
    path("wall/<int:pk>/", wall.wall, name="wall"),
]
if settings.DEBUG:
    from congress.home import patterns  # never part of a running house

    urlpatterns.append(path("patterns/", patterns.patterns, name="patterns"))
