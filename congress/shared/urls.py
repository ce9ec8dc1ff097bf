from django.urls import path

from congress.shared import views

app_name = "shared"
urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", views.SignOut.as_view(), name="logout"),
    path("change-password/", views.change_password, name="change_password"),
    path("act-as/", views.act_as, name="act_as"),
    path("elder/", views.elder, name="elder"),
    path("notices/<int:pk>/", views.open_notice, name="open_notice"),
    path("local-rules/", views.local_rules, name="local_rules"),
    path("health/", views.health, name="health"),
]
