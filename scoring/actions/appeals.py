"""异议: a deputy contests a line, and another person's answer is a new line beside it."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse as address

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.names import says_something, shows_something
from congress.shared.workflow import lock, move, refuse_if
from congress.shared.workflow import record as leave_trail
from deputies.actions import duplicates
from deputies.actions.photos import Photo
from deputies.rules import MOST_PHOTOS
from scoring.actions.posting import MOST_POINTS, free_duplicates, hold_accounts, move_totals
from scoring.models import Appeal, AppealPhoto, AppealWords, Entry, Rule
from scoring.permissions.appeals import (
    AppealTerms,
    why_not_add_words,
    why_not_appeal,
    why_not_dismiss,
    why_not_remedy,
    why_not_uphold,
    why_not_withdraw_appeal,
)
from scoring.permissions.closing import why_not_in_closed_year
from scoring.permissions.posting import why_not_give_back
from scoring.points import plain
from scoring.queries.books import Books
from scoring.queries.remedies import remedy
from scoring.states import AppealState

SAY_WHY = "请写一句哪里不对，应当怎样记。"
SAY_MORE = "请写要补充的话，或者附一张照片。"
SAY_ANSWER = "答复必须写明理由，代表会看到这句话。"


@transaction.atomic
def appeal(
    entry: Entry, *, words: str, by: Actor, today: date, photos: Sequence[Photo] = ()
) -> Appeal:
    """提出异议: the line is contested; until the answer nothing else touches it."""
    entry = _line_locked(entry)
    terms = AppealTerms.of(entry.assembly_id, entry.year, today)
    refuse_if(why_not_appeal(by, entry, terms))
    refuse_if(None if says_something(words) else SAY_WHY)
    record = entry.record
    hands = {
        "opened_by": by.user,
        "checked_by": record.checked_by,
        "verified_by": record.verified_by,
    }
    new = Appeal.objects.create(
        entry=entry, words=words.strip(), opened_at=clock.now(), due_on=terms.due_on, **hands
    )
    _keep(new, photos)
    leave_trail(new, AppealState.OPEN, by=by, note=new.words)
    return new


@transaction.atomic
def add_words(appeal: Appeal, *, words: str, by: Actor, photos: Sequence[Photo] = ()) -> Appeal:
    """再补一句: it stands beside what was said before, with its own time."""
    appeal = _locked(appeal)
    refuse_if(why_not_add_words(by, appeal))
    refuse_if(None if says_something(words) or photos else SAY_MORE)
    said = words.strip() if shows_something(words) else f"补充照片 {len(photos)} 张。"
    AppealWords.objects.create(appeal=appeal, words=said, said_at=clock.now())
    _keep(appeal, photos)
    leave_trail(appeal, "added_words", by=by, note=said)
    return appeal


@transaction.atomic
def withdraw_appeal(appeal: Appeal, *, by: Actor) -> Appeal:
    """撤回异议: the line stands as it was, and may be contested once more within its days."""
    appeal = _locked(appeal)
    refuse_if(why_not_withdraw_appeal(by, appeal))
    return move(appeal, AppealState.WITHDRAWN, by=by)


@transaction.atomic
def uphold(
    appeal: Appeal,
    *,
    answer: str,
    by: Actor,
    rule: Rule | None = None,
    quantity: int = 1,
    twice: bool = False,
) -> Appeal:
    """成立: the contested line is taken back, and the right one stands in its place.

    Without a rule nothing stands in its place; a contested reversal gives back what it took, and
    `twice` says that a record beside another one of its occasion is a second occasion.
    """
    duplicates.hold(appeal.entry.record)  # before the account, as whoever verifies locks
    appeal = _locked(appeal)
    entry = appeal.entry
    refuse_if(why_not_uphold(by, appeal))
    refuse_if(why_not_in_closed_year(entry.assembly_id, entry.record.done_on))
    refuse_if(None if says_something(answer) else SAY_ANSWER)
    books = Books([entry.assembly_id])
    lines = _outcome(by, appeal, rule, quantity, books)
    if entry.reverses_id:
        refuse_if(why_not_give_back(entry, twice=twice))
        duplicates.count_again(entry.record, by=by)
    for line in lines:
        line.save(force_insert=True)
        done = "reversed" if line.reverses_id else "corrected"
        leave_trail(line, done, by=by, note=f"异议成立：{answer.strip()}"[:300])
    move_totals({(entry.deputy_id, entry.assembly_id, entry.year)}, books)
    free_duplicates(entry.record, by=by)
    return _answer(appeal, AppealState.UPHELD, answer, by)


@transaction.atomic
def dismiss(appeal: Appeal, *, answer: str, by: Actor) -> Appeal:
    """不成立: the line stands, and the deputy reads why."""
    appeal = _locked(appeal)
    refuse_if(why_not_dismiss(by, appeal))
    refuse_if(None if says_something(answer) else SAY_ANSWER)
    return _answer(appeal, AppealState.DISMISSED, answer, by)


def _outcome(
    by: Actor, appeal: Appeal, rule: Rule | None, quantity: int, books: Books
) -> list[Entry]:
    entry = appeal.entry
    book = books.in_force(entry.assembly_id, entry.record.done_on)
    refuse_if(why_not_remedy(by, appeal, rule, quantity, book.pk if book else None))
    lines = remedy(entry, rule, quantity)
    if any(line.points > MOST_POINTS for line in lines):
        raise Refused(f"数量 {quantity} 太大，请核对以后再填。")
    return lines


def _answer(appeal: Appeal, state: AppealState, answer: str, by: Actor) -> Appeal:
    entry, words = appeal.entry, answer.strip()
    facts = {"answered_by": by.user, "answered_at": clock.now(), "answer": words}
    appeal = move(appeal, state, by=by, note=words, **facts)
    page = address("scoring:points")
    notices.write(
        [entry.deputy.user],
        key=f"scoring.appeal_answered:{appeal.pk}",
        text=f"您对“{entry.rule.item.short_name}”{plain(entry.points)} 分的异议{state.label}："
        f"{words}"[:300],
        link=f"{page}?year={entry.year}&assembly={entry.assembly_id}#line-{entry.pk}",
    )
    return appeal


def _line_locked(entry: Entry) -> Entry:
    """The line anew, while nobody decides its year or changes its account until the commit.

    Entries cannot be locked, because nobody may change them: their total stands for them.
    """
    hold_accounts({(entry.deputy_id, entry.assembly_id, entry.year)})
    named = ("deputy__user", "record__checked_by", "record__verified_by", "rule__item")
    return Entry.objects.select_related(*named).get(pk=entry.pk)


def _locked(appeal: Appeal) -> Appeal:
    """The appeal anew under its lock, after its account's: in the order in which all lock."""
    entry = _line_locked(appeal.entry)
    appeal = lock(appeal)
    appeal.entry = entry
    return appeal


def _keep(appeal: Appeal, photos: Iterable[Photo]) -> None:
    """Each photo is stored under a random key beside the appeal; the same picture once."""
    known = set(appeal.photos.values_list("sha256", flat=True))
    new = {photo.sha256: photo for photo in photos if photo.sha256 not in known}
    if len(known) + len(new) > MOST_PHOTOS:
        raise Refused(f"一条异议最多附 {MOST_PHOTOS} 张照片。")
    for digest, photo in new.items():
        kept = AppealPhoto(appeal=appeal, width=photo.width, height=photo.height, sha256=digest)
        name = f"{secrets.token_urlsafe(24)}.jpg"
        kept.file.save(name, ContentFile(photo.content), save=False)
        kept.save(force_insert=True)
