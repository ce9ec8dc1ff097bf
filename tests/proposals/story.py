"""One county in which everything happens once that a proposal's trail can hold, by the real verbs.

Each verb is noted with the steps that it left and the notices that it wrote.
"""

from dataclasses import dataclass, field

from django.db import connection
from psycopg import Cursor

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent, Notice, Post
from congress.shared.roles import Role
from proposals.models import Assignment, Proposal
from proposals.queries.visibility import readable
from tests import make
from tests.proposals import (
    chapters,
    follow_chapters,
    key_chapters,
    last_chapters,
    rolling_chapters,
    walk,
)


@dataclass
class Chapter:
    """One verb: what it left in the trail, whom it told, and who of them may not read of it."""

    steps: list[AuditEvent]
    notices: list[Notice]
    told_too_much: list[Notice]


@dataclass
class Story:
    """The cast, the proposals by what became of them, and the chapters in order."""

    office: object = field(default_factory=make.actor)
    lead: object = field(default_factory=lambda: make.deputy("李桂兰"))
    other: object = field(default_factory=lambda: make.deputy("赵有田"))
    signer: object = field(default_factory=lambda: make.deputy("胡大勇"))
    leaver: object = field(default_factory=lambda: make.deputy("周小满"))
    goer: object = field(default_factory=lambda: make.deputy("何去来"))
    third: object = field(default_factory=lambda: make.deputy("钱多"))
    clerks: dict = field(default_factory=dict)
    heads: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    chapters: list[Chapter] = field(default_factory=list)
    questions: dict = field(default_factory=dict)

    def does(self, verb, *args, **how):
        """The verb is done, and what it left is a chapter."""
        step = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        said = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        found = verb(*args, **how)
        steps = AuditEvent.objects.filter(pk__gt=step, subject__startswith="proposals.")
        notices = list(Notice.objects.filter(pk__gt=said).select_related("person"))
        informed = {person for person in {n.person for n in notices} if self.may_read(person, step)}
        wrong = [each for each in notices if each.person not in informed]
        self.chapters.append(Chapter(list(steps.order_by("pk")), notices, wrong))
        return found

    def may_read(self, person, since):
        """Whether somebody may read any step after that one, at this very moment.

        It is asked some seven hundred times: each reader's question is put into words once, and
        the database plans it once.
        """
        posts = tuple(Post.objects.of(person))
        if (person, posts) not in self.questions:
            rows = readable(Actor(person, posts[0], posts)).order_by().values("pk")
            self.questions[person, posts] = rows.query.sql_with_params()
        words, given = self.questions[person, posts]
        asked = f"SELECT EXISTS (SELECT FROM ({words}) AS read WHERE read.pk > %s)"  # noqa: S608 - Django's words
        with Cursor(connection.connection) as cursor:
            return cursor.execute(asked, [*given, since], prepare=True).fetchone()[0]

    def row(self, name):
        return Proposal.objects.get(pk=self.rows[name])

    def part(self, name, unit):
        rows = Assignment.objects.standing().filter(proposal=self.rows[name])
        return rows.get(unit__name=unit)

    def clerk(self, unit):
        return self.clerks[unit]


def story() -> Story:
    """From the first signature to the publication, with everything that may go another way."""
    told = Story()
    for unit in chapters.UNITS:
        told.clerks[unit] = walk.unit_clerk(make.unit(unit))
        told.heads[unit] = walk.unit_head(make.unit(unit))
    make.actor(Role.LEADER)
    chapters.raised(told)
    chapters.reviewed(told)
    chapters.rehearsed(told)
    chapters.handed(told)
    chapters.met(told)
    chapters.timed(told)
    key_chapters.supervised(told)
    key_chapters.inspected(told)
    last_chapters.written(told)
    last_chapters.bound(told)
    last_chapters.judged(told)
    last_chapters.judged_by_deputies(told)
    last_chapters.ended(told)
    follow_chapters.kept(told)
    follow_chapters.replaced(told)
    follow_chapters.again(told)
    rolling_chapters.rolled(told)
    return told
