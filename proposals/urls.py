"""One verb, one name. The desk's pages wear the admin's frame."""

from django.urls import path

from proposals.views import (
    assignment,
    desk,
    evaluation,
    meetings,
    public,
    replies,
    submission,
    units,
)

app_name = "proposals"
urlpatterns = [
    path("", public.public_list, name="public_list"),
    path("export.csv", public.public_export, name="public_export"),
    path("public/<str:number>/", public.public_detail, name="public_detail"),
    path("mine/", submission.mine, name="mine"),
    path("submit/", submission.submit, name="submit"),
    path("to-cosign/", submission.to_cosign, name="to_cosign"),
    path("<int:pk>/", submission.detail, name="detail"),
    path("<int:pk>/cosign/", submission.cosign, name="cosign"),
    path("<int:pk>/resubmit/", submission.resubmit, name="resubmit"),
    path("<int:pk>/rate/", evaluation.rate, name="rate"),
    path("meetings/<int:pk>/confirm-meeting/", meetings.confirm_meeting, name="confirm_meeting"),
    path("unit-desk/", units.unit_desk, name="unit_desk"),
    path("unit-desk/<int:pk>/", units.case, name="case"),
    path("unit-desk/<int:pk>/record-meeting/", meetings.record_meeting, name="record_meeting"),
    path("unit-desk/<int:pk>/save-reply/", replies.save_reply, name="save_reply"),
    path(
        "unit-desk/<int:pk>/submit-for-signing/",
        replies.submit_for_signing,
        name="submit_for_signing",
    ),
    path("drafts/<int:pk>/sign/", replies.sign, name="sign"),
    path("desk/", desk.review, name="review"),
    path("desk/<int:pk>/", desk.dossier, name="dossier"),
    path("desk/<int:pk>/accept/", desk.accept, name="accept"),
    path("desk/<int:pk>/send-back/", desk.send_back, name="send_back"),
    path("desk/<int:pk>/assign/", assignment.assign, name="assign"),
    path("desk/<int:pk>/publish/", desk.publish, name="publish"),
]
