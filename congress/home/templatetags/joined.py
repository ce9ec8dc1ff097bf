"""What a page of one app shows of another: only `congress.home` knows both."""

from django import template
from django.template import RequestContext

from congress.home.queries.proposing import Joined, proposals_from
from congress.shared import clock
from stations.models import Finding, Issue

register = template.Library()


@register.simple_tag(takes_context=True)
def proposals_of(context: RequestContext, row: Issue | Finding) -> list[Joined]:
    """代表建议 of a matter or of a finding, as this reader may see them."""
    return proposals_from(row, context["request"].actor, clock.today())
