"""The browser admin: the committee's workbench, entered by the acting post, not by a flag."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.sites import UnfoldAdminSite

from congress.shared.middleware import acting


class CongressAdminSite(UnfoldAdminSite):
    """Unfold's site with our door: the same login page as everybody, the right from the post."""

    site_title = site_header = "履职平台"
    index_title = "今日待办"
    enable_nav_sidebar = True

    def get_urls(self) -> list[Any]:
        """Without the address that leads from any row to its public page: no row here has one."""
        patterns: list[Any] = super().get_urls()
        return [pattern for pattern in patterns if getattr(pattern, "name", "") != "view_on_site"]

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """One app's lists; of all of them nothing, since the sidebar has groups of its own."""
        found: list[dict[str, Any]] = super().get_app_list(request, app_label) if app_label else []
        return found

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the acting post belongs at the committee's desk."""
        return acting(request).at_the_desk

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """Send strangers to the one login page, and people without the right post home."""
        if request.user.is_authenticated:
            return redirect("home:front")
        return redirect_to_login(request.get_full_path())
