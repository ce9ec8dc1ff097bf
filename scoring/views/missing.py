"""补记: what would be posted and taken back, and the confirmation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from scoring.actions import missing
from scoring.permissions import why_not_post_missing
from scoring.queries import missing as queries


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def post_missing(request: Request) -> HttpResponse:
    """补记: the page says which lines; confirming it posts them."""
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        posted, taken = missing.post_missing(seen=seen, by=request.actor)
        messages.success(request, f"已补记 {posted} 笔，冲销 {taken} 笔，总分和名次已更新。")
        return redirect("scoring:post_missing")
    found = queries.missing(request.actor)
    context = {"title": "补记积分", "found": found}
    context |= {"refusal": why_not_post_missing(request.actor)}
    return framed(request, "scoring/post_missing.html", context)
