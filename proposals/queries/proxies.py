"""代评线索: ratings of several deputies from one place, or from where a unit's account signs in.

A hint to ask about by telephone and nothing more: of the ratings themselves nothing is read here.
"""

from collections import defaultdict
from typing import NamedTuple

from congress.shared.models import AccountOrigin
from proposals.models import RatingOrigin
from proposals.queries.clocks import day
from proposals.rating_states import Trace

SEVERAL = 2


class Hint(NamedTuple):
    """What is alike, whose ratings, and which units' people were seen at the same place."""

    alike: str
    ratings: list[RatingOrigin]
    accounts: list[str]
    when: str

    @property
    def deputies(self) -> list[str]:
        return sorted({each.rating.deputy.name for each in self.ratings})

    @property
    def numbers(self) -> list[str]:
        """Of which proposals, each once however often it was rated."""
        return sorted({each.rating.reply.assignment.proposal.number for each in self.ratings})


def hints() -> list[Hint]:
    """Where a unit was seen first, then the most deputies at one place."""
    places: dict[tuple[str, str], list[RatingOrigin]] = defaultdict(list)
    rows = RatingOrigin.objects.select_related(
        "rating__deputy", "rating__reply__assignment__proposal"
    )
    for row in rows.order_by("pk"):
        places[row.trace, row.digest].append(row)
    units = _accounts({digest for trace, digest in places if trace == Trace.ADDRESS})
    found = []
    for trace, digests, of in _same_places(places):
        of_unit = (units.get(each, []) for each in digests if trace == Trace.ADDRESS)
        seen = sorted({name for names in of_unit for name in names})
        if seen or len({each.rating.deputy_id for each in of}) >= SEVERAL:
            alike = "和承办单位账号同一个网络地址" if seen else Trace(trace).label
            found.append(Hint(alike, of, seen, day(of[-1].seen_on)))
    return sorted(found, key=lambda each: (not each.accounts, -len(each.deputies)))


def _same_places(
    places: dict[tuple[str, str], list[RatingOrigin]],
) -> list[tuple[str, list[str], list[RatingOrigin]]]:
    """A place has a digest under every key then in use: those with a rating in common are one."""
    found: list[tuple[str, list[str], dict[int, RatingOrigin]]] = []
    for (trace, digest), rows in places.items():
        own = {row.rating_id: row for row in rows}
        digests = [digest]
        for other in [each for each in found if each[0] == trace and each[2].keys() & own.keys()]:
            found.remove(other)
            digests = other[1] + digests
            own = other[2] | own
        found.append((trace, digests, own))
    return [(trace, digests, [own[pk] for pk in sorted(own)]) for trace, digests, own in found]


def _accounts(digests: set[str]) -> dict[str, list[str]]:
    rows = AccountOrigin.objects.filter(digest__in=digests).select_related("user")
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row.digest].add(row.user.name)
    return {digest: sorted(names) for digest, names in found.items()}
