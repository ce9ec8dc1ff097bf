"""民情: what a voter raised, which of the five routes it takes, and that the voter knows."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.models import Organisation, User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.models import Deputy, Message
from stations.models.places import Station
from stations.models.visits import Visit
from stations.states import ISSUE_STEPS, IssueState


class Route(models.TextChoices):
    """五条途径: the five of the 接待 system, the nearest first."""

    SPOT = "spot", "当场答复"
    COMMUNITY = "community", "村（社区）办理"
    TOWNSHIP = "township", "乡镇办理"
    COUNTY = "county", "县级单位办理或提建议"
    HIGHER = "higher", "请上级代表反映"


class Outcome(models.TextChoices):
    SOLVED = "solved", "已解决"
    PLANNED = "planned", "已列入计划"
    PROPOSED = "proposed", "已提出代表建议"
    PASSED_ON = "passed_on", "已由上级代表反映"
    EXPLAINED = "explained", "已解释说明"
    ELSEWHERE = "elsewhere", "不属受理范围，已告知去处"


TAKEN_UP = (Outcome.PROPOSED, Outcome.PASSED_ON)
"""It goes on elsewhere: in a proposal, or with a deputy of a higher level."""


class Told(models.TextChoices):
    """怎样告知的."""

    FACE = "face", "当面"
    CALL = "call", "电话"
    DOOR = "door", "上门"
    LETTER = "letter", "书面"
    BY_VILLAGE = "by_village", "请村（社区）转告"
    RECEIPT = "receipt", "凭查询号查看"
    NOT_WANTED = "not_wanted", "本人不用告知"
    NOT_REACHED = "not_reached", "联系不上"


LIVE = (IssueState.RECEIVED, IssueState.OPEN, IssueState.SETTLED)
"""Somebody still has to do something."""
ENDED = (IssueState.SETTLED, IssueState.TOLD)


class IssueQuerySet(models.QuerySet["Issue"]):
    def visible_to(self, actor: Actor) -> Self:
        """All at the desk; the township's, the keeper's, the deputy's own."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.filter(station__area=actor.area_id)
        if actor.is_a(Role.KEEPER):
            return self.filter(station__keeper=actor.user)
        if actor.is_a(Role.DEPUTY, Role.CONVENOR):
            own = Q(message__deputy__user=actor.user) | Q(visit__deputy__user=actor.user)
            return self.filter(own)
        return self.none()

    def waiting(self) -> Self:
        """Somebody has to route it, settle it or tell the voter; what is due first stands first."""
        return self.filter(state__in=LIVE).order_by("due_on", "raised_at")

    def to_do(self, actor: Actor) -> Self:
        """What waits for this very post: a route, a result or a word to the voter.

        The keeper routes, tells and settles what stays in the village; the township what is its
        own, and all of a station that nobody keeps; the office the rest; a deputy tells and routes.
        """
        rows = self.visible_to(actor).filter(state__in=LIVE)
        first = Q(state__in=(IssueState.RECEIVED, IssueState.SETTLED))
        near = first | Q(route=Route.COMMUNITY)
        if actor.is_a(Role.KEEPER):
            return rows.filter(near)
        if actor.is_a(Role.TOWNSHIP_CLERK):
            here = Q(station__keeper=None) | Q(station__keeper=actor.user)
            return rows.filter(Q(state=IssueState.OPEN, route=Route.TOWNSHIP) | (here & near))
        if actor.is_staff:
            return rows.at_the_office()
        return rows.filter(first) if actor.is_a(Role.DEPUTY, Role.CONVENOR) else rows.none()

    def at_the_office(self) -> Self:
        """What the office settles: with a county unit, or with deputies of a higher level."""
        return self.filter(state=IssueState.OPEN, route__in=(Route.COUNTY, Route.HIGHER))

    def overdue(self, today: date) -> Self:
        return self.filter(state__in=LIVE, due_on__lt=today)

    def counted(self) -> Self:
        """All but what was taken down by mistake."""
        return self.exclude(state=IssueState.WITHDRAWN)


class Issue(Stepped):
    """民情事项: from a visit or a message; its result goes back to deputy and voter."""

    STEPS = ISSUE_STEPS
    ALSO_BEGINS = frozenset({IssueState.OPEN})
    state = models.CharField("状态", max_length=20, choices=IssueState, default=IssueState.RECEIVED)
    station = models.ForeignKey(Station, models.PROTECT, verbose_name="家站")
    message = models.OneToOneField(Message, models.PROTECT, null=True, verbose_name="群众留言")
    visit = models.OneToOneField(Visit, models.PROTECT, null=True, verbose_name="来访登记")
    title = models.CharField("事项", max_length=60)
    raised_by = models.ForeignKey(User, models.PROTECT, verbose_name="提出人", related_name="+")
    raised_at = models.DateTimeField("提出时间")
    route = models.CharField("途径", max_length=10, choices=Route, blank=True)
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="承办单位"
    )
    handler = models.CharField("由谁办", max_length=40, blank=True)
    due_on = models.DateField("期限", null=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome, blank=True)
    taken_up = models.CharField("哪件建议、哪位上级代表", max_length=120, blank=True)
    proposal = models.PositiveBigIntegerField("代表建议", null=True, editable=False)
    """Its number in a table that stations know nothing of; `congress.home` joins them."""
    result = models.TextField("办理结果", max_length=600, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, verbose_name="办结人", related_name="+"
    )
    settled_at = models.DateTimeField("办结时间", null=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "民情事项"
        ordering = ("-raised_at", "-id")
        constraints = [
            models.CheckConstraint(
                name="issue_of_a_visit_or_of_a_message",
                condition=Q(visit__isnull=False, message__isnull=True)
                | Q(visit__isnull=True, message__isnull=False),
                violation_error_message="民情事项要么来自接待，要么来自群众留言。",
            ),
            models.CheckConstraint(
                name="issue_on_its_way_has_a_route",
                condition=(Q(state=IssueState.RECEIVED) & Q(route=""))
                | Q(state=IssueState.WITHDRAWN)
                | (Q(state__in=(IssueState.OPEN, *ENDED)) & ~Q(route="")),
                violation_error_message="分流以后必须有途径。",
            ),
            models.CheckConstraint(
                name="issue_to_a_county_unit_names_it",
                condition=Q(route=Route.COUNTY) | Q(unit__isnull=True),
                violation_error_message="只有县级单位办理的才写承办单位。",
            ),
            models.CheckConstraint(
                name="issue_that_waits_has_a_day",
                condition=Q(state__in=LIVE, due_on__isnull=False)
                | (~Q(state__in=LIVE) & Q(due_on__isnull=True)),
                violation_error_message="没有办完的民情必须有期限。",
            ),
            models.CheckConstraint(
                name="issue_settled_has_result_who_and_when",
                condition=(
                    Q(state__in=ENDED, settled_by__isnull=False, settled_at__isnull=False)
                    & ~Q(result="")
                    & ~Q(outcome="")
                )
                | (
                    ~Q(state__in=ENDED)
                    & Q(settled_by__isnull=True, settled_at__isnull=True, result="", outcome="")
                ),
            ),
            models.CheckConstraint(
                name="issue_taken_up_says_by_what",
                condition=(Q(outcome__in=TAKEN_UP) & ~Q(taken_up=""))
                | (~Q(outcome__in=TAKEN_UP) & Q(taken_up="", proposal__isnull=True)),
                violation_error_message="提出建议的要写明哪件，上级代表反映的要写明哪位。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def deputy(self) -> Deputy:
        """Who heard it from the voter, and is told how it ends."""
        source = self.visit or self.message
        assert source, "issue_of_a_visit_or_of_a_message"  # noqa: S101  # the database says so
        return source.deputy

    @property
    def words(self) -> str:
        """What the voter said or wrote."""
        source = self.visit or self.message
        return source.words if source else ""


class Telling(models.Model):
    """告知群众: by whom, when and how the voter was told what became of it."""

    issue = models.OneToOneField(Issue, models.PROTECT, verbose_name="民情事项")
    told_on = models.DateField("告知日期")
    how = models.CharField("告知方式", max_length=12, choices=Told)
    words = models.CharField("说明", max_length=200, blank=True)
    told_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="告知人"
    )
    noted_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "告知群众"
        ordering = ("-told_on", "-id")
        constraints = [
            models.CheckConstraint(
                name="telling_that_did_not_reach_says_why",
                condition=~Q(how=Told.NOT_REACHED) | ~Q(words=""),
                violation_error_message="联系不上的要写明找过几次、怎么找的。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue} {self.get_how_display()}"
