"""没有网络的时候: what a deputy's phone needs to go on without a line."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import etag, require_safe

STATIC = Path(settings.BASE_DIR) / "static"
PROGRAM = "js/worker.js"
FILES = (
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/parts.css",
    "css/desks.css",
    "css/duties.css",
    "css/offline.css",
    "css/checkin.css",
    "js/htmx.min.js",
    "js/page.js",
    "js/upload.js",
    "js/remember.js",
    "js/offline.js",
    "js/checkin.js",
    "img/mark.svg",
    "img/favicon.svg",
)
"""What the kept pages are drawn with."""


def version_of(*names: str) -> str:
    """Another one as soon as any kept file changes: who keeps them then takes everything anew."""
    digest = hashlib.sha256()
    for name in names:
        digest.update((STATIC / name).read_bytes())
    return digest.hexdigest()[:12]


def version() -> str:
    """Of what a phone keeps."""
    return version_of(PROGRAM, *FILES)


def _etag(request: HttpRequest) -> str:
    return f'"{version()}"'


def program(name: str, head: str, words: dict[str, object]) -> HttpResponse:
    """A program that keeps pages, told in its first line what it keeps."""
    text = f"const {head} = {json.dumps(words)};\n{(STATIC / name).read_text('utf-8')}"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_safe
@etag(_etag)
def worker(request: HttpRequest) -> HttpResponse:
    """The program on the phone; it may look after the whole site, so it comes from the root."""
    phone: dict[str, object] = {
        "version": version(),
        "files": [static(name) for name in FILES],
        "no_line": reverse("home:no_line"),
    }
    return program(PROGRAM, "PHONE", phone)


@login_not_required
@require_safe
def no_line(request: HttpRequest) -> HttpResponse:
    """现在没有网络: in place of a page that is not kept; the phone asks for it as a stranger."""
    return render(request, "home/no_line.html")


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How the platform stands on a phone's home screen."""
    name = f"{settings.COUNTY}人大代表"
    icon = {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    words = {
        "name": name,
        "short_name": "人大代表",
        "lang": "zh-CN",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf8f5",
        "theme_color": "#a8201a",
        "icons": [icon],
    }
    return JsonResponse(words, content_type="application/manifest+json")
