from django.urls import path

from scoring.views import points

app_name = "scoring"
urlpatterns = [
    path("points/", points.points, name="points"),
]
