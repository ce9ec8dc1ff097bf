from django.urls import path

from stations.views import events

app_name = "stations"
urlpatterns = [
    path("roll-call/", events.roll_call, name="roll_call"),
    path("activities/", events.activities, name="activities"),
    path("activities/<int:pk>/", events.activity, name="activity"),
]
