"""关注 as its letters and pages say it: signed addresses, and what is new of what is public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from congress.shared.models import Area, Organisation
from proposals.models import Assignment, Proposal, Watch, Watcher
from proposals.permissions.watching import Subject
from proposals.queries import timeline
from proposals.queries.public import NAMED
from proposals.queries.timeline import EventLine
from proposals.queries.visibility import readable

CONFIRM, END, END_ALL = (f"proposals.watch.{what}" for what in ("confirm", "end", "end_all"))


def subject_of(number: str = "", unit: int | None = None, area: int | None = None) -> Subject:
    """What an address asks to follow, as far as everybody may read of it; all when it names none.

    Raises `LookupError` for what is not public or is not there.
    """
    found: Subject = None
    if number:
        found = Proposal.objects.open_to_public().filter(number=number).first()
    elif unit:
        found = Organisation.objects.units().filter(pk=unit).first()
    elif area:
        found = Area.objects.filter(delegation__isnull=False, pk=area).first()
    else:
        return None
    if found is None:
        raise LookupError
    return found


def name_of(subject: Subject) -> str:
    """What is followed, in words that everybody may read."""
    if isinstance(subject, Proposal):
        return f"{subject.number} {subject.public_title}"
    if isinstance(subject, Organisation):
        return f"{subject.name}承办的建议"
    return f"{subject.name}代表提出的建议" if isinstance(subject, Area) else "全部公开的建议"


def page_of(subject: Subject) -> str:
    """Where everybody reads of it."""
    if isinstance(subject, Proposal):
        return reverse("proposals:public_detail", args=[subject.number])
    if isinstance(subject, Organisation):
        return reverse("proposals:unit_page", args=[subject.pk])
    if isinstance(subject, Area):
        return reverse("proposals:area_page", args=[subject.pk])
    return reverse("proposals:public_list")


def subject(watch: Watch) -> Subject:
    """What this one follows."""
    return watch.proposal or watch.unit or watch.area


def confirm_address(watch: Watch) -> str:
    """The link in the letter that asks back."""
    return _absolute("confirm_watch", Signer(salt=CONFIRM, sep=".").sign(str(watch.pk)))


def end_address(of: Watch | Watcher) -> str:
    """The link that ends one, or all that an address follows; it holds as long as the row."""
    salt = END if isinstance(of, Watch) else END_ALL
    return _absolute("unwatch", Signer(salt=salt, sep=".").sign(str(of.pk)))


def _absolute(name: str, token: str) -> str:
    return settings.SITE_URL + reverse(f"proposals:{name}", args=[token])


def to_confirm(token: str) -> Watch | None:
    """The one that a letter asked about; None when it is gone. `LookupError`: no link of ours."""
    return Watch.objects.filter(pk=_signed(token, CONFIRM)).select_related(*OF).first()


def to_end(token: str) -> list[Watch]:
    """Those that the link ends, none when they are gone. `LookupError`: no link of ours."""
    rows = Watch.objects.select_related(*OF)
    try:
        return list(rows.filter(pk=_signed(token, END)))
    except LookupError:
        return list(rows.filter(watcher=_signed(token, END_ALL)))


OF = ("proposal", "unit", "area")


def _signed(token: str, salt: str) -> int:
    try:
        return int(Signer(salt=salt, sep=".").unsign(token))
    except (BadSignature, ValueError) as forged:
        raise LookupError from forged


@dataclass(frozen=True)
class About:
    """What is new of one proposal, the oldest first."""

    number: str
    title: str
    lines: tuple[EventLine, ...]


class News:
    """What the public may read of the steps of a span of time, fetched once for all letters."""

    def __init__(self, since: datetime, until: datetime, today: date) -> None:
        rows = readable(None).filter(at__gt=since, at__lte=until)
        found = timeline.lines(rows, None, today)
        self._lines = [line for line in reversed(found) if line.proposal]
        told = {line.proposal.pk for line in self._lines if line.proposal}
        public = Proposal.objects.open_to_public().filter(pk__in=told)
        self._areas = dict(public.values_list("pk", "delegation__area"))
        parts = Assignment.objects.standing().filter(proposal__in=told, role__in=NAMED)
        handed = parts.filter(assigned_on__isnull=False)
        self._units = set(handed.values_list("proposal", "unit"))

    def of(self, watches: Iterable[Watch], told_until: datetime | None) -> list[About]:
        """Of what these follow, each step once, of each proposal the steps after they began."""
        wanted: dict[int, list[EventLine]] = {}
        for line in self._lines:
            proposal = line.proposal
            if proposal and any(self._tells(line, each, told_until) for each in watches):
                wanted.setdefault(proposal.pk, []).append(line)
        open_now = Proposal.objects.open_to_public().in_bulk(wanted) if wanted else {}
        return [
            About(open_now[pk].number, open_now[pk].public_title, tuple(lines))
            for pk, lines in wanted.items()
            if pk in open_now
        ]

    def _tells(self, line: EventLine, watch: Watch, told_until: datetime | None) -> bool:
        begun = watch.confirmed_at
        if begun is None or line.at <= max(begun, told_until or begun):
            return False
        pk = line.proposal.pk if line.proposal else 0
        if watch.proposal_id:
            return watch.proposal_id == pk
        if watch.unit_id:
            return (pk, watch.unit_id) in self._units
        return watch.area_id is None or self._areas.get(pk) == watch.area_id


def closed(watches: Iterable[Watch]) -> list[Watch]:
    """Of these what follows a proposal that is public no more."""
    mine = [each for each in watches if each.proposal_id]
    rows = Proposal.objects.open_to_public().filter(pk__in=[each.proposal_id for each in mine])
    still = set(rows.values_list("pk", flat=True)) if mine else set()
    return [each for each in mine if each.proposal_id not in still]
