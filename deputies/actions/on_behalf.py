"""代为登记、属实、不是这样: the office tells it, and nothing happens before the deputy says so."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.names import says_something
from congress.shared.workflow import lock, move, refuse_if
from congress.shared.workflow import record as leave_trail
from deputies.actions import looks
from deputies.actions import photos as album
from deputies.actions.duties import asking_key
from deputies.actions.facts import refuse_facts, refuse_photo_count, tidy
from deputies.actions.photos import Photo
from deputies.models import Deputy, DutyItem, DutyRecord
from deputies.models.duty_constraints import ENTERED
from deputies.permissions.duties import (
    is_late,
    why_not_confirm,
    why_not_confirm_on_paper,
    why_not_deny,
    why_not_enter,
    why_not_late,
    why_not_matter,
    why_not_paper_on,
)
from deputies.queries.duties import asking_words, day_words
from deputies.states import DutyState


@transaction.atomic
def enter(
    deputy: Deputy,
    *,
    item: DutyItem,
    done_on: date,
    quantity: int,
    place: str,
    note: str,
    photos: Sequence[Photo],
    token: str,
    by: Actor,
    matter: str = "",
    late_reason: str = "",
) -> DutyRecord:
    """代为登记: a duty told for a deputy, who is asked whether it is so.

    `token` comes with the form: sending the same form again finds the record already made.
    """
    matter = tidy(matter)
    deputy = lock(deputy)
    refuse_if(why_not_enter(by, deputy, item, on=done_on))
    late = late_reason.strip() if is_late(done_on, clock.today()) else ""
    source = f"{ENTERED}{deputy.pk}:{token}"
    if known := DutyRecord.objects.filter(source=source).first():
        said = (known.item_id, known.done_on, known.quantity, known.place, known.note)
        again = (item.pk, done_on, quantity, place, note)
        same_words = (known.matter, known.late_reason) == (matter, late)
        same = said == again and same_words and by.same_person(known.reported_by_id)
        refuse_if(None if same else "这份表单已经登记过，改动没有记上。请在“代为登记”里找到它。")
        return known
    refuse_if(why_not_late(by, done_on, late_reason, clock.today()))
    refuse_facts(deputy, item, done_on=done_on, quantity=quantity)
    refuse_if(why_not_matter(item, matter, quantity))
    refuse_photo_count(len(photos))
    new = DutyRecord.objects.create(
        state=DutyState.ENTERED,
        deputy=deputy,
        item=item,
        done_on=done_on,
        quantity=quantity,
        place=place,
        note=note,
        matter=matter,
        source=source,
        reported_by=by.user,
        reported_at=clock.now(),
        late_reason=late,
    )
    album.keep(new, photos)
    leave_trail(new, DutyState.ENTERED, by=by, note=new.late_reason)
    notices.write(
        [deputy.user],
        key=asking_key(new),
        text=f"请您确认：{asking_words(new)}。",
        link=reverse("deputies:record", args=[new.pk]),
    )
    return new


@transaction.atomic
def confirm(record: DutyRecord, *, by: Actor) -> DutyRecord:
    """属实: the deputy stands by what was entered for them; now it waits for its check."""
    record = lock(record)
    refuse_if(why_not_confirm(by, record))
    now = clock.now()
    notices.settle([by.user], key=asking_key(record), at=now)
    return move(record, DutyState.REPORTED, by=by, confirmed_at=now)


@transaction.atomic
def confirm_on_paper(
    record: DutyRecord, *, paper_on: date, paper_note: str, by: Actor
) -> DutyRecord:
    """纸面确认: somebody else than who entered it holds the paper on which the deputy confirms."""
    record = lock(record)
    refuse_if(why_not_confirm_on_paper(by, record))
    refuse_if(why_not_paper_on(record, paper_on, clock.today()))
    refuse_if(None if says_something(paper_note) else "请写是什么纸面，放在哪里，以后可以查。")
    return move(
        record,
        DutyState.REPORTED,
        by=by,
        note=f"纸面确认（{day_words(paper_on)}收到）：{paper_note}",
        confirmed_at=clock.now(),
        paper_by=by.user,
        paper_on=paper_on,
        paper_note=paper_note,
    )


@transaction.atomic
def deny(record: DutyRecord, *, words: str, by: Actor) -> DutyRecord:
    """不是这样: what was entered counts nowhere, and whoever entered it reads these words."""
    record = lock(record)
    refuse_if(why_not_deny(by, record))
    refuse_if(None if says_something(words) else "请写一句哪里不对，登记的人会看到。")
    notices.settle([by.user], key=asking_key(record), at=clock.now())
    record = move(record, DutyState.WITHDRAWN, by=by, note=words, return_reason=words)
    looks.let_go(record)
    notices.write(
        [record.reported_by],
        key=f"deputies.denied:{record.pk}",
        text=f"{record.deputy.name}说您代登记的 {day_words(record.done_on)}"
        f"“{record.item.short_name}”不是这样：{words}",
        link=reverse("deputies:record", args=[record.pk]),
    )
    return record
