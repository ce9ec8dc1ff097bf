from django.conf import settings
from django.urls import path

from congress.home.views import front, groups, issues, phone, public, search, wall

app_name = "home"
urlpatterns = [
    path("", front.front, name="front"),
    path("worker.js", phone.worker, name="worker"),
    path("manifest.webmanifest", phone.manifest, name="manifest"),
    path("no-line/", phone.no_line, name="no_line"),
    path("search/", search.search, name="search"),
    path("d/<str:code>/", public.deputy, name="deputy"),
    path("groups/<int:pk>/year/", groups.group_year, name="group_year"),
    path("d/<str:code>/deeds/", public.deeds, name="deeds"),
    path("issues/<int:pk>/propose-issue/", issues.propose_issue, name="propose_issue"),
    path("issues/<int:pk>/settle-proposed/", issues.settle_proposed, name="settle_proposed"),
    path("wall/worker.js", wall.wall_worker, name="wall_worker"),
    path("wall/<str:token>/", wall.wall, name="wall"),
    path("day-sheets/<int:pk>/", wall.day_sheet, name="day_sheet"),
    path("findings/<int:pk>/propose-finding/", issues.propose_finding, name="propose_finding"),
]
if settings.DEBUG:
    from congress.home import patterns  # never part of a running house

    urlpatterns.append(path("patterns/", patterns.patterns, name="patterns"))
