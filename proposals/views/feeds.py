"""订阅: what the public page tells, as Atom, for one proposal and for all of them."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from congress.shared import clock
from congress.shared.http import Request
from congress.shared.texts import one_line, plain
from proposals.models import Proposal
from proposals.queries import public, public_page, timeline
from proposals.queries.clocks import Clock
from proposals.queries.public import Filters
from proposals.queries.timeline import EventLine
from proposals.queries.visibility import readable
from proposals.views.filtering import filters_of, for_machines, query_of

NEWEST = 50


class Atom(Atom1Feed):
    """Dated by its newest step; one without any has one date for ever, so that no byte moves."""

    def latest_post_date(self) -> datetime:
        """Django's own says the minute it is asked, when there is nothing."""
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)


class AllFeed(Feed[EventLine, None]):
    """Every public proposal's newest steps."""

    feed_type = Atom

    def __init__(self, filters: Filters | None = None) -> None:
        self._filters = filters or Filters()

    subtitle = "代表建议从提出到公开，每一步都能看到。"

    def title(self, of: Proposal | None) -> str:
        """The county's name, so that readers of many feeds know whose it is."""
        return f"{settings.COUNTY}代表建议办理动态"

    def link(self, of: Proposal | None) -> str:
        """The page that says the same."""
        return absolute("public_list") + query_of(self._filters)

    def feed_url(self, of: Proposal | None) -> str:
        """Where the feed is."""
        return absolute("public_feed") + query_of(self._filters)

    def author_name(self, of: Proposal | None) -> str:
        """The office that keeps the pages."""
        return f"{settings.COUNTY}人大常委会代表工作委员会"

    def items(self, of: Proposal | None) -> list[EventLine]:
        """As they were written down, the newest first."""
        kept, today = None, clock.today()
        if self._filters != Filters():
            kept = public.matching(self._filters, Clock.on(today)).values_list("pk", flat=True)
        return timeline.lines(readable(None, kept)[:NEWEST], None, today)

    def item_title(self, item: EventLine) -> str:
        """What happened, and to which proposal."""
        assert item.proposal is not None  # noqa: S101  # a sheet is nobody's news but the office's
        return one_line(f"{item.title}：{item.proposal.public_title}")

    def item_description(self, item: EventLine) -> str:
        """When, and the sentence of the page."""
        return plain(f"{item.when}，{item.words}")

    def item_link(self, item: EventLine) -> str:
        """The proposal's public page."""
        assert item.proposal is not None  # noqa: S101  # as above
        return absolute("public_detail", item.proposal.number)

    def item_guid(self, item: EventLine) -> str:
        """The page and the moment: never the number of a row, whose gaps would tell of others."""
        return f"{self.item_link(item)}#{item.key.now}-{item.at:%Y%m%d%H%M%S%f}"

    def item_updateddate(self, item: EventLine) -> datetime:
        """When it was written down."""
        return item.at


class ProposalFeed(AllFeed):
    """One public proposal's whole course."""

    def get_object(self, request: HttpRequest, number: str) -> Proposal:  # type: ignore[override]  # of this feed's own address
        """The public proposal of this number; everything else is 404."""
        found = public_page.find(number)
        if found is None:
            raise Http404
        return found

    def title(self, of: Proposal | None) -> str:
        """The proposal's own."""
        return one_line(f"{of.public_title}：办理经过") if of else ""

    def link(self, of: Proposal | None) -> str:
        """Its public page."""
        return absolute("public_detail", of.number if of else "")

    def feed_url(self, of: Proposal | None) -> str:
        """Where the feed is."""
        return absolute("proposal_feed", of.number if of else "")

    def items(self, of: Proposal | None) -> list[EventLine]:
        """The lines of its page."""
        return timeline.timeline(of, None, clock.today()) if of else []


def absolute(name: str, *args: str) -> str:
    """An address with its host: a feed is read elsewhere."""
    return settings.SITE_URL + reverse(f"proposals:{name}", args=args)


@for_machines
def public_feed(request: Request) -> HttpResponse:
    """全部公开建议的订阅, or of those that the address keeps."""
    return AllFeed(filters_of(request))(request)


@for_machines
def proposal_feed(request: Request, number: str) -> HttpResponse:
    """一件公开建议的订阅."""
    return ProposalFeed()(request, number=number)
