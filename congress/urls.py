"""Six includes and the workbench."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("congress.home.urls")),
    path("", include("congress.shared.urls")),
    path("deputies/", include("deputies.urls")),
    path("proposals/", include("proposals.urls")),
    path("stations/", include("stations.urls")),
    path("scoring/", include("scoring.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "congress.shared.views.bad_request"
handler403 = "congress.shared.views.forbidden"
handler404 = "congress.shared.views.not_found"
handler500 = "congress.shared.views.fault"
