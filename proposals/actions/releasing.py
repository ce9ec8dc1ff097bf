"""公布满意度: one frozen snapshot, and nothing of it is counted anew."""

from datetime import date

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Assembly
from congress.shared.sealing import UnreadableSeal
from congress.shared.workflow import in_turn, lock, record, refuse_if
from proposals.disclosure import Row, together
from proposals.models import RatingRelease, ReleasedCount, ReleasedReply
from proposals.permissions.releases import why_not_release_ratings
from proposals.queries import releases


@transaction.atomic
def release_ratings(assembly: Assembly, *, year: int, by: Actor, today: date) -> RatingRelease:
    """公布: the batch is all replies of the year that are in none yet, once each window is over.

    Only what may be read is kept (security.md 1.8): small groups, groups that all say the same,
    and what would give these away have no figures here. A reply is in one batch for ever, so two
    batches share nothing that could be subtracted. What is withheld as a whole is in the batch, so
    that its points and orders follow, and in no figure; a batch of nothing else has no table.
    Nothing is released while a rating does not open, for it would be counted as none.
    """
    assembly = lock(assembly)
    refuse_if(why_not_release_ratings(by, assembly))
    in_turn(f"proposals.release:{assembly.pk}")
    replies = releases.replies_of(assembly, year)
    refuse_if(releases.still_open(replies, today))
    refuse_if(None if replies else f"{year} 年没有等着公布的评价。")
    try:
        rows = releases.rows_of(replies)
    except UnreadableSeal:
        raise Refused(releases.HELD_UP) from None
    limits = releases.limits_on(today)
    before = RatingRelease.objects.with_figures().filter(assembly=assembly, year=year)
    assert by.user  # noqa: S101  # why_not_release_ratings asks for a post
    release = RatingRelease.objects.create(
        assembly=assembly,
        year=year,
        round=before.count() + 1 if rows else None,
        least_replies=limits.replies,
        least_raters=limits.raters,
        alike_below=limits.alike_below,
        released_on=today,
        released_by=by.user,
    )
    ReleasedReply.objects.bulk_create(
        ReleasedReply(release=release, reply=reply) for reply in replies
    )
    shown = releases.shown_of(rows, today)
    cells = [
        cell for row in rows for cell in _cells(release, row, row.unit, row.unit in shown.units)
    ]
    cells += _cells(release, together(rows), None, shown.total) if rows else []
    ReleasedCount.objects.bulk_create(cells)
    record(release, "ratings_released", by=by)
    return release


def _cells(
    release: RatingRelease, row: Row, unit: int | None, is_shown: bool
) -> list[ReleasedCount]:
    """With figures or without; how many forms were sent anybody can count."""
    names = ("best", "middle", "worst", "unrated")
    return [
        ReleasedCount(
            release=release,
            unit_id=unit,
            measure=measure,
            sent=sum(counts),
            **(dict(zip(names, counts, strict=True)) if is_shown else {}),
        )
        for measure, counts in row.counts.items()
    ]
