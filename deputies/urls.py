from django.urls import path

from deputies.views import accounts, duties, groups, public, roster

app_name = "deputies"
urlpatterns = [
    path("", public.public_list, name="public_list"),
    path("report/", duties.report, name="report"),
    path("records/", duties.records, name="records"),
    path("records/<int:pk>/", duties.record, name="record"),
    path("records/<int:pk>/reported/", duties.reported, name="reported"),
    path("records/<int:pk>/withdraw/", duties.withdraw, name="withdraw"),
    path("records/<int:pk>/resubmit/", duties.resubmit, name="resubmit"),
    path("records/<int:pk>/check/", duties.check, name="check"),
    path("records/<int:pk>/send-back/", duties.send_back, name="send_back"),
    path("evidence/<int:pk>/", duties.evidence, name="evidence"),
    path("roster/upload/", roster.upload, name="upload"),
    path("roster/<int:pk>/preview/", roster.preview, name="preview"),
    path("roster/<int:pk>/drop/", roster.drop, name="drop"),
    path("<int:pk>/open-account/", accounts.open_account, name="open_account"),
    path("groups/<int:pk>/name-convenor/", groups.name_convenor, name="name_convenor"),
    path("open-accounts/", accounts.open_accounts, name="open_accounts"),
]
