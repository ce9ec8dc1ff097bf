from django.urls import path

from deputies.views import accounts, duties, groups, plans, public, roster

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
    path("plans/", plans.public_plans, name="public_plans"),
    path("plans/<int:pk>/", plans.public_plan, name="public_plan"),
    path("plans/draft-plan/", plans.draft_plan, name="draft_plan"),
    path("plans/<int:pk>/desk/", plans.plan, name="plan"),
    path("plans/<int:pk>/edit-plan/", plans.edit_plan, name="edit_plan"),
    path("plans/<int:pk>/pass-plan/", plans.pass_plan, name="pass_plan"),
    path("plans/<int:pk>/reopen-plan/", plans.reopen_plan, name="reopen_plan"),
    path("plans/<int:pk>/publish-plan/", plans.publish_plan, name="publish_plan"),
    path("plans/<int:pk>/revise-plan/", plans.revise_plan, name="revise_plan"),
    path("plans/<int:pk>/drop-plan/", plans.drop_plan, name="drop_plan"),
]
