from django.urls import path

from stations.views import events, issues, places, public

app_name = "stations"
urlpatterns = [
    path("", public.public_list, name="public_list"),
    path("<int:pk>/", public.public_detail, name="public_detail"),
    path("issues/", issues.issues, name="issues"),
    path("issues/<int:pk>/", issues.issue, name="issue"),
    path("messages/<int:pk>/raise-issue/", issues.raise_issue, name="raise_issue"),
    path("issues/<int:pk>/settle-issue/", issues.settle_issue, name="settle_issue"),
    path("roll-call/", events.roll_call, name="roll_call"),
    path("activities/", events.activities, name="activities"),
    path("activities/<int:pk>/", events.activity, name="activity"),
    path("<int:pk>/name-keeper/", places.name_keeper, name="name_keeper"),
    path("<int:pk>/describe-station/", places.describe_station, name="describe_station"),
    path("apply-roster/<int:pk>/", places.apply_roster, name="apply_roster"),
    path("undo-roster/<int:pk>/", places.undo_roster, name="undo_roster"),
]
