from django.urls import path

from congress.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
]
