"""核实并记分: in one transaction the fact is verified and its points stand in the ledger."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db import connection, transaction
from django.urls import reverse as address

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Notice
from congress.shared.names import says_something
from congress.shared.workflow import record as leave_trail
from congress.shared.workflow import refuse_if
from deputies.actions import duplicates, duties
from deputies.models import DutyRecord
from scoring.models import Entry, YearTotal
from scoring.permissions.closing import CutOffs, cut_offs_for, is_line_closed, why_not_closed
from scoring.permissions.posting import counts_no_more, why_not_reverse, why_not_twice
from scoring.points import ZERO, plain
from scoring.queries.books import Books
from scoring.queries.ledger import Account, sums, weigh
from scoring.queries.remedies import reversal_of

MOST_POINTS = Decimal("999.9")
"""No duty is worth this much: a quantity beyond it was mistyped."""


@transaction.atomic
def verify_and_post(record: DutyRecord, *, by: Actor, twice: bool = False) -> int:
    """核实并记分: verified, its entries written, totals and ranks moved; how many entries.

    `twice` says that a record beside a verified one of the same occasion is a second occasion.
    """
    return verify_and_post_all([record], by=by, twice=twice)


@transaction.atomic
def verify_and_post_all(records: Iterable[DutyRecord], *, by: Actor, twice: bool = False) -> int:
    """核实并记分多条: all of them or none; what no rule speaks of is verified without points."""
    verified = duties.verify_all(records, by=by)
    _hold_books(verified)
    found, books = weigh(verified)
    entries = [each.entry() for each in found]
    for entry in entries:
        if entry.points > MOST_POINTS:
            raise Refused(
                f"{entry.record.deputy.name}这条的数量是 {entry.record.quantity}，"
                "请退回改正后再核实。"
            )
    accounts = {(entry.deputy_id, entry.assembly_id, entry.year) for entry in entries}
    hold_years(accounts)
    entries = _still_open(entries, cut_offs_for(entries))
    accounts = {(entry.deputy_id, entry.assembly_id, entry.year) for entry in entries}
    Entry.objects.bulk_create(entries)  # entry_once_per_record_and_assembly
    counted = move_totals(accounts, books)
    refuse_if(why_not_twice(verified, twice=twice))
    _tell(verified, entries, counted)
    return len(entries)


def _hold_books(records: Iterable[DutyRecord]) -> None:
    """No rule book is adopted from here to the commit, and one just under way is waited for.

    Shared, so that verifiers do not wait for one another; the ORM has no word for FOR SHARE.
    """

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM shared_assembly WHERE id IN (SELECT term.assembly_id"
            " FROM deputies_mandate AS seat JOIN shared_term AS term ON term.id = seat.term_id"
            " WHERE seat.deputy_id = ANY(%s)) ORDER BY id FOR SHARE",
            [sorted({record.deputy_id for record in records})],
        )


def _still_open(entries: list[Entry], cut_offs: CutOffs) -> list[Entry]:
    """A congress that has decided the year takes none; another one still counts the same duty.

    What only decided congresses would count is refused.
    """
    taken = [each for each in entries if not is_line_closed(each, cut_offs)]
    counted = {each.record_id for each in taken}
    left = [each for each in entries if each.record_id not in counted]
    refuse_if(why_not_closed(each.record.done_on for each in left))
    return taken


def hold_years(accounts: set[Account]) -> None:
    """No review of these years is decided from here to the commit; one under way is waited for."""
    if not accounts:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM scoring_reviewcycle WHERE assembly_id = ANY(%s) AND year = ANY(%s)"
            " ORDER BY id FOR SHARE",
            [[account[1] for account in accounts], [account[2] for account in accounts]],
        )


def hold_accounts(accounts: set[Account]) -> None:
    """Their years are held and their totals locked, also where no review has been opened yet.

    Opening one locks the congress, as adopting a book does: it is waited for, and waits.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM shared_assembly WHERE id = ANY(%s) ORDER BY id FOR SHARE",
            [sorted({account[1] for account in accounts})],
        )
    hold_years(accounts)
    lock_totals(accounts)


@transaction.atomic
def reverse(entry: Entry, *, reason: str, by: Actor) -> Entry:
    """冲销: a line with the points taken back stands beside the original, which stays."""
    # Entries cannot be locked, because nobody may change them: their total stands for them.
    accounts = {(entry.deputy_id, entry.assembly_id, entry.year)}
    hold_accounts(accounts)
    refuse_if(why_not_reverse(by, entry))
    refuse_if(None if says_something(reason) else "冲销必须写明原因，代表会看到这句话。")
    reversal = reversal_of(entry)
    reversal.save(force_insert=True)
    move_totals(accounts, Books([entry.assembly_id]))
    leave_trail(reversal, "reversed", by=by, note=reason)
    free_duplicates(entry.record, by=by)
    notices.write(
        [entry.deputy.user],
        key=f"scoring.reversed:{entry.pk}",
        text=f"“{entry.record.item.short_name}”的 {plain(entry.points)} 分冲销：{reason}",
        link=address("scoring:points"),
    )
    return reversal


def free_duplicates(record: DutyRecord, *, by: Actor) -> None:
    """Once nothing of the record counts any more, what was marked as its duplicate stands again.

    Its lines are asked for under its lock: of two congresses reversed at once one sees both.
    """
    duplicates.hold(record)
    if counts_no_more(record):
        duplicates.count_no_more(record, by=by)


def lock_totals(accounts: set[Account]) -> dict[Account, YearTotal]:
    """The accounts' total rows, made where missing, locked in one order: no two waits cross.

    Setting the year to itself locks the row that is there already and gives back what it holds.
    """
    columns = [list(column) for column in zip(*sorted(accounts), strict=True)] or [[], [], []]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO scoring_yeartotal (deputy_id, assembly_id, year, base, bonus, total)"
            " SELECT *, 0, 0, 0 FROM unnest(%s::bigint[], %s::bigint[], %s::smallint[])"
            " ON CONFLICT (deputy_id, assembly_id, year) DO UPDATE SET year = excluded.year"
            " RETURNING id, deputy_id, assembly_id, year, base, bonus, total",
            columns,
        )
        rows = [YearTotal(*row) for row in cursor.fetchall()]
    return {(row.deputy_id, row.assembly_id, row.year): row for row in rows}


def move_totals(accounts: set[Account], books: Books) -> dict[Account, Decimal]:
    """年度积分: what the entries add up to now, and by how much each total moved.

    Locked first, so that the last one counts all.
    """
    rows = lock_totals(accounts)
    changed, moved = [], {}
    for account, year in sums(accounts, books).items():
        row = rows[account]
        moved[account] = year.total - row.total
        row.base, row.bonus, row.total = year.base, year.bonus, year.total
        changed.append(row)
    YearTotal.objects.bulk_create(
        sorted(changed, key=lambda row: row.pk),
        update_conflicts=True,  # one statement, where bulk_update writes a CASE for every row
        unique_fields=["deputy", "assembly", "year"],
        update_fields=["base", "bonus", "total"],
    )
    return moved


def _tell(
    verified: list[DutyRecord], entries: list[Entry], counted: dict[Account, Decimal]
) -> None:
    """One notice for each deputy of the batch, with the points of their fullest congress."""
    points: defaultdict[int, defaultdict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for entry in entries:
        points[entry.deputy_id][entry.assembly_id] += entry.points
    gained: defaultdict[int, defaultdict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for (deputy_id, assembly_id, _), gain in counted.items():
        gained[deputy_id][assembly_id] += gain
    own: defaultdict[int, list[DutyRecord]] = defaultdict(list)
    for record in verified:
        own[record.deputy_id].append(record)
    link = address("scoring:points")
    notices.write_each(
        Notice(
            person_id=records[0].deputy.user_id,
            key=f"scoring.posted:{records[0].pk}",
            text=_news(
                records,
                max(points[deputy].values(), default=ZERO),
                max(gained[deputy].values(), default=ZERO),
            ),
            link=link,
        )
        for deputy, records in own.items()
        if records[0].deputy.user_id
    )


def _news(records: list[DutyRecord], points: Decimal, counted: Decimal) -> str:
    first = records[0]
    what = (
        f" {first.done_on.month} 月 {first.done_on.day} 日的“{first.item.short_name}”"
        if len(records) == 1
        else f"的 {len(records)} 条履职记录"
    )
    if not points:
        return f"您{what}已核实，这一项不计分。"
    if counted < points:
        award = len(records) == 1 and first.matter
        if award and not counted:
            return f"您{what}已核实，同一事项已有更高或同级的奖，不另计。"
        why = "同一事项取最高级" if award else "到了本年上限"
        worth = f"按规则 {plain(points)} 分，{why}，计入 {plain(counted)} 分。"
        return f"您{what}已核实，{worth}"
    return f"您{what}已核实，按规则记 {plain(points)} 分。"
