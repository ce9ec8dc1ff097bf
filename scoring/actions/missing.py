"""补记: what a seat registered afterwards owes is posted, and what it took away is taken back."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse as address

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.models import Notice
from congress.shared.workflow import in_turn, refuse_if
from congress.shared.workflow import record as leave_trail
from deputies.actions import duplicates
from scoring.actions import posting
from scoring.models import Entry
from scoring.permissions.closing import why_not_into
from scoring.permissions.missing import why_not_post_missing
from scoring.points import ZERO, plain
from scoring.queries.books import Books
from scoring.queries.missing import missing
from scoring.queries.seated import why_given_back, why_taken_back

POSTED_LATE = "posted_late"
WHY = "任职登记晚于核实，补记"
CHANGED = "名单刚才有变化，请重新看过再确认。"


@transaction.atomic
def post_missing(*, seen: str, by: Actor) -> tuple[int, int]:
    """补记: verified records have the lines they owe, lines without a seat are taken back.

    What was taken back for want of a seat that stands again is given back.

    How many of each. `seen` is the fingerprint of the page that was confirmed.
    """
    in_turn("scoring.post_missing")
    refuse_if(why_not_post_missing(by))
    found = missing(by)
    refuse_if(None if found.accounts else "没有要补记或冲销的，可能刚才已经有人办了。")
    refuse_if(None if found.seen == seen else CHANGED)
    lines, back = found.to_post, found.to_take_back
    gone = duplicates.count_no_more_of(line.record for line in lines)
    again = [line for line in lines if line.record_id in gone]
    duplicates.hold(*(line.record for line in again))  # before the accounts, as verifiers lock
    posting.hold_accounts(found.accounts)
    refuse_if(why_not_into((*lines, *back)))
    known = Entry.objects.filter(
        corrects__in=[line.corrects_id for line in lines if line.corrects_id]
    )
    refuse_if(CHANGED if known.exists() else None)
    Entry.objects.bulk_create(lines)  # entry_once_per_record_and_assembly
    for entry in lines:
        leave_trail(
            entry, POSTED_LATE, by=by, note=why_given_back(entry) if entry.corrects_id else WHY
        )
    for line in again:
        duplicates.count_again(line.record, by=by)
    for entry in back:  # last: what is posted above may be what its record counts by
        posting.reverse(entry, reason=why_taken_back(entry), by=by)
    accounts = {_account(line) for line in lines}
    posting.move_totals(accounts, Books(assembly for _, assembly, _ in accounts))
    _tell(lines)
    return len(lines), len(back)


def _account(line: Entry) -> tuple[int, int, int]:
    return (line.deputy_id, line.assembly_id, line.year)


def _tell(lines: Iterable[Entry]) -> None:
    """One notice for each deputy."""
    own: defaultdict[int, list[Entry]] = defaultdict(list)
    for line in lines:
        own[line.deputy_id].append(line)
    notices.write_each(
        Notice(
            person_id=known[0].deputy.user_id,
            key=f"scoring.posted_late:{known[0].pk}",
            text=f"您的任职或到场登记有变动，现补记 {len(known)} 笔，"
            f"共 {plain(sum((line.points for line in known), ZERO))} 分。",
            link=address("scoring:points"),
        )
        for known in own.values()
        if known[0].deputy.user_id
    )
