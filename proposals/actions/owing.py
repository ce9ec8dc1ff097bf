"""催办: one digest a day of what a unit owes after its reply."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.workflow import in_turn
from proposals.queries.owing import KEY, Told, digest, due_digests


@transaction.atomic
def remind_owed(today: date) -> int:
    """承诺将到期、三问没有回答: one digest for each person; how many people were reminded.

    A second run of the day reminds nobody, a missed day is made up for on the next.
    """
    in_turn("proposals.remind_owed")
    found = due_digests(today)
    for lines in found.values():
        person, key = lines[0].person, f"{KEY}{today}"
        notices.write([person], key=key, text=digest(lines, today), link=_place(lines))
    return len(found)


def _place(lines: list[Told]) -> str:
    """A single one leads to its page, more to where all of them stand."""
    first = lines[0]
    if len(lines) == 1:
        page = "proposals:case" if first.of_unit else "proposals:dossier"
        return reverse(page, args=[first.owing.part.proposal_id])
    return reverse("proposals:unit_desk" if first.of_unit else "proposals:key_list")
