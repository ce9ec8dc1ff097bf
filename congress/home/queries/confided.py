"""给本人的、主任要定的: what stands on a first screen of talks and packs, in neutral words."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from congress.home.queries.queue import Queue
from congress.home.queries.waiting import Task
from congress.shared.actors import Actor
from scoring.consequence_states import TalkState
from scoring.models import ResignationAdvice, Talk
from scoring.permissions.talks import directs
from scoring.queries import advices, talks

TITLE = "给您本人的通知"
"""Whoever looks over a shoulder reads no more than this."""


def in_confidence(actor: Actor, today: date) -> list[Task]:
    """A talk to come, a record to sign, a hearing in which the deputy may speak."""
    if actor.user is None:
        return []
    rows = Talk.objects.of(actor.user).under_way()
    found = [_talk(row) for row in rows.select_related("record").order_by("meets_at", "pk")]
    heard = ResignationAdvice.objects.heard_from(actor.user)
    return found + [_heard(row) for row in heard.order_by("pk") if row.still_heard(today)]


def _talk(row: Talk) -> Task:
    url = reverse("scoring:own_talk", args=[row.pk])
    if row.state == TalkState.HELD:
        since = timezone.localdate(row.record.recorded_at)
        return Task(
            TITLE, "有一份记录请您看过签认。", "打开看", url, since=since, in_confidence=True
        )
    day = timezone.localdate(row.meets_at) if row.meets_at else None
    return Task(TITLE, "时间、地点写在里面。", "打开看", url, day, in_confidence=True)


def _heard(row: ResignationAdvice) -> Task:
    url = reverse("scoring:own_advice", args=[row.pk])
    words = "您可以陈述申辩，到哪天为止写在里面。"
    return Task(TITLE, words, "打开看", url, row.reply_until, row.served_on, in_confidence=True)


def queues(by: Actor, today: date) -> list[Queue]:
    """What the office's director has to decide of talks and packs, where there is any."""
    if not directs(by):
        return []
    found = []
    if count := talks.how_many_wait():
        page = reverse("scoring:talks")
        found.append(Queue("约谈不约谈待决定", count, "由您逐个决定", "open", page))
    if count := advices.how_many_due(today):
        page = reverse("scoring:advices")
        found.append(Queue("连续两年约谈", count, "启动不启动由您决定", "open", page))
    return found
