"""One verb, one name. Pages for the desk wear the admin's frame."""

from django.urls import path

from scoring.views import (
    archive,
    board,
    duty_list,
    fairness,
    points,
    portrait,
    review,
    verification,
    watch,
)

app_name = "scoring"
urlpatterns = [
    path("check-queue/", verification.check_queue, name="check_queue"),
    path("check-queue/done/", verification.check_done, name="check_done"),
    path("check-queue/uncheck/", verification.uncheck, name="uncheck"),
    path("verify-queue/", verification.verify_queue, name="verify_queue"),
    path("verify-queue/verify-and-post/", verification.verify_and_post, name="verify_and_post"),
    path("verify-queue/<int:pk>/send-back/", verification.send_back, name="send_back"),
    path("verify-queue/done/", verification.verify_done, name="verify_done"),
    path("points/", points.points, name="points"),
    path("points/<int:pk>/", points.points_of, name="points_of"),
    path("duty-list/", duty_list.duty_list, name="duty_list"),
    path("duty-list/<int:pk>/", duty_list.duty_list_of, name="duty_list_of"),
    path("portrait/", portrait.portrait, name="portrait"),
    path("portrait/<int:pk>/", portrait.portrait_of, name="portrait_of"),
    path("board/", board.board, name="board"),
    path("board/chances/", fairness.chances, name="chances"),
    path("board/gaps/", fairness.gaps, name="gaps"),
    path("board/own/", board.own_board, name="own_board"),
    path("watch/quiet/", watch.quiet, name="quiet"),
    path("watch/quiet/<int:pk>/remind/", watch.remind, name="remind"),
    path("watch/outliers/", watch.outliers, name="outliers"),
    path("watch/oddities/", watch.oddities, name="oddities"),
    path("entries/<int:pk>/reverse/", points.reverse, name="reverse"),
    path("rules/adopt-default/", points.adopt_default, name="adopt_default"),
    path("appraise/", review.appraise, name="appraise"),
    path("self-review/", review.self_review, name="self_review"),
    path("cycles/open-cycle/", review.open_cycle, name="open_cycle"),
    path("cycles/<int:pk>/", review.cycle, name="cycle"),
    path("cycles/<int:pk>/decide/", review.decide, name="decide"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<int:pk>/duty-file/", archive.duty_file, name="duty_file"),
    path("verify-file/", archive.verify_file, name="verify_file"),
    path("verify-file/<str:code>/", archive.verify_file, name="verify_file"),
]
