"""Rows that break a constraint of activities: a good one, what to change in it."""

from datetime import timedelta
from operator import attrgetter

from congress.shared import clock
from stations.models import (
    Activity,
    ActivityPhoto,
    ActivityTag,
    Campaign,
    Invitee,
    Squad,
    SquadMember,
    Tag,
    Topic,
    TopicKind,
)
from tests import make
from tests.architecture.broken_shared import UNCHANGED
from tests.deputies import walk as duties


def called():
    at = clock.now()
    return Activity.objects.create(
        item=duties.item("A2"),
        title="察看水渠",
        held_on=make.TODAY,
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        answer_by=make.TODAY,
        place="桃园村",
        group=make.group(),
        organiser=make.organisation(),
        called_by=make.user(),
        called_at=at,
    )


def invitee():
    return Invitee.objects.create(activity=called(), deputy=make.deputy())


def activity_tag():
    return ActivityTag.objects.create(activity=called(), tag=Tag.objects.first())


def activity_photo():
    return ActivityPhoto.objects.create(activity=called(), file="a.jpg", digest="a")


def campaign():
    opened = {"opened_by": make.user(), "opened_at": clock.now()}
    return Campaign.objects.create(assembly=make.assembly(), year=2026, title="共同缔造", **opened)


def topic():
    was_set = {"set_by": make.user(), "set_at": clock.now()}
    return Topic.objects.create(
        campaign=campaign(), kind=TopicKind.UNIFIED, title="优化营商环境", **was_set
    )


def squad():
    return Squad.objects.create(
        group=make.group(),
        name="水渠小分队",
        leader=make.deputy(),
        formed_by=make.user(),
        formed_on=make.TODAY,
    )


def squad_member():
    return SquadMember.objects.create(squad=squad(), deputy=make.deputy())


def tag():
    return Tag.objects.create(family="四问", name="问计")


OTHER = {"title": "另一次"}
ACTIVITIES = {
    "activity_is_for_one_circle": (called, {"assembly": make.assembly}),
    "activity_of_a_squad_is_of_a_group": (
        called,
        {"group": None, "assembly": make.assembly, "squad": squad},
    ),
    "activity_registered_once": (called, UNCHANGED),
    "activity_called_has_who_when_and_hours": (
        called,
        {**OTHER, "ends_at": attrgetter("starts_at")},
    ),
    "activity_held_has_who_registered": (called, {**OTHER, "state": "held"}),
    "activity_called_off_has_reason": (called, {**OTHER, "state": "called_off"}),
    "activity_reported_has_who_and_when": (called, {**OTHER, "report": "看了水渠"}),
    "invitee_once_per_activity": (invitee, UNCHANGED),
    "invitee_answered_has_when": (invitee, {"deputy": make.deputy, "state": "coming"}),
    "invitee_on_leave_has_reason": (
        invitee,
        {"deputy": make.deputy, "state": "leave_asked", "answered_at": clock.now},
    ),
    "invitee_decided_has_who_and_when": (
        invitee,
        {"deputy": make.deputy, "decided_at": clock.now},
    ),
    "invitee_refused_says_why": (
        invitee,
        {
            "deputy": make.deputy,
            "state": "leave_refused",
            "answered_at": clock.now,
            "reason": "外出",
            "decided_by": make.user,
            "decided_at": clock.now,
        },
    ),
    "activity_tag_once": (activity_tag, UNCHANGED),
    "activity_photo_once": (activity_photo, UNCHANGED),
    "campaign_once_per_assembly_and_year": (campaign, UNCHANGED),
    "campaign_closed_has_outcome_and_when": (campaign, {**OTHER, "state": "closed"}),
    "topic_once_per_campaign_and_circle": (topic, UNCHANGED),
    "topic_of_one_s_own_names_the_township": (topic, {**OTHER, "kind": TopicKind.FREE}),
    "topic_dropped_has_reason_and_when": (topic, {**OTHER, "why": "重复"}),
    "squad_named_once_in_a_group": (squad, UNCHANGED),
    "squad_dissolved_after_it_was_formed": (
        squad,
        {"name": "旧分队", "dissolved_on": make.ELECTED_ON},
    ),
    "squad_member_once": (squad_member, UNCHANGED),
    "tag_once_per_family": (tag, UNCHANGED),
}
