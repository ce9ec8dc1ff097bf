from django.urls import path

from deputies.views import duties

app_name = "deputies"
urlpatterns = [
    path("report/", duties.report, name="report"),
    path("records/", duties.records, name="records"),
    path("records/<int:pk>/", duties.record, name="record"),
    path("records/<int:pk>/reported/", duties.reported, name="reported"),
    path("records/<int:pk>/withdraw/", duties.withdraw, name="withdraw"),
    path("records/<int:pk>/resubmit/", duties.resubmit, name="resubmit"),
    path("records/<int:pk>/check/", duties.check, name="check"),
    path("records/<int:pk>/send-back/", duties.send_back, name="send_back"),
    path("evidence/<int:pk>/", duties.evidence, name="evidence"),
]
