"""The browser admin's dress: names, colours, style sheets."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static

from congress.admin_sidebar import sidebar


def _committee(_request: HttpRequest) -> str:
    return f"{settings.COUNTY}人大常委会"


def _mark(_request: HttpRequest) -> str:
    return static("img/mark.svg")


def _sheet(name: str) -> Callable[[HttpRequest], str]:
    return lambda _request: static(f"css/{name}.css")


def _script(name: str) -> Callable[[HttpRequest], str]:
    return lambda _request: static(f"js/{name}.js")


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "履职平台",
    "SITE_HEADER": "履职平台",
    "SITE_SUBHEADER": _committee,
    "SITE_URL": "/",
    "DASHBOARD_CALLBACK": "congress.home.views.front.dashboard",
    "SITE_ICON": _mark,
    "SITE_FAVICONS": [
        {
            "rel": "icon",
            "type": "image/svg+xml",
            "href": lambda _request: static("img/favicon.svg"),
        }
    ],
    "THEME": "light",
    "BORDER_RADIUS": "8px",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": False,
    "STYLES": [_sheet("tokens"), _sheet("parts"), _sheet("admin")],
    "SCRIPTS": [_script("admin"), _script("box")],
    "COLORS": {
        "base": {
            "50": "#faf8f5",
            "100": "#f4f0ea",
            "200": "#e7e1d9",
            "300": "#d5cdc2",
            "400": "#8a857e",
            "500": "#5c5a57",
            "600": "#4a4845",
            "700": "#3a3937",
            "800": "#2b2b2c",
            "900": "#1d2126",
            "950": "#121519",
        },
        "primary": {
            "50": "#fdf6f5",
            "100": "#fbeeec",
            "200": "#f3d9d6",
            "300": "#e5b4b0",
            "400": "#cf6f69",
            "500": "#b9322b",
            "600": "#a8201a",
            "700": "#86150f",
            "800": "#6d120d",
            "900": "#54100c",
            "950": "#330806",
        },
        "font": {
            "subtle-light": "#5c5a57",
            "subtle-dark": "#5c5a57",
            "default-light": "#1d2126",
            "default-dark": "#1d2126",
            "important-light": "#1d2126",
            "important-dark": "#1d2126",
        },
    },
    "COMMAND": {"search_models": False, "show_history": False},
    "SIDEBAR": {
        "show_search": False,
        "command_search": False,
        "show_all_applications": False,
        "navigation": sidebar,
    },
}
