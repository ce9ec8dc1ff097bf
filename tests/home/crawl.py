"""A stranger who follows every link, form and htmx address of the public pages."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from django.urls import Resolver404, resolve
from pypdf import PdfReader

ADDRESSES = ("href", "src", "action", "hx-get", "hx-push-url", "data-href", "poster")
VARIANTS = 2
"""How often one path is asked with the same names in its query: filters combine without end, and
`make campaign ONLY=crawl` asks 200 of each."""
TAKE_AWAY = re.compile(r"/proposals/(?:.*[.](?:csv|json|atom|ics)|embed/.*|open-data/|watch/)$")
"""The public list in other shapes: with any filter it has what the list with that filter has."""
RANDOM = re.compile(r"""(csrfmiddlewaretoken"\s+value="|X-CSRFToken": "|nonce=")[^"]+""")


def words_of(content: bytes, kind: str) -> str:
    """All that a file says: a page, the parts of a workbook, a PDF with its metadata."""
    if content.startswith(b"%PDF"):
        paper = PdfReader(io.BytesIO(content))
        pages = "\n".join(page.extract_text() for page in paper.pages)
        return f"{pages}\n{paper.metadata}\n{paper.xmp_metadata and paper.xmp_metadata.stream}"
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            return "\n".join(box.read(name).decode("utf-8", "replace") for name in box.namelist())
    text = content.decode("utf-8", "replace")
    return unescape(RANDOM.sub("", text)) if "html" in kind or "xml" in kind else text


def everything(answer) -> str:
    """Body, headers and cookies of an answer as one text, addresses read as people read them."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    body = words_of(content, answer.get("Content-Type", ""))
    head = "\n".join(f"{name}: {value}" for name, value in answer.items() if "Policy" not in name)
    answer.cookies.pop("csrftoken", None)
    return f"{head}\n{answer.cookies.output()}\n{unquote(head)}\n{body}\n{unquote(body)}"


SPACING = str.maketrans("", "", " \t\r\n\u3000\xa0-‐–·.年")


def leaks(text: str, secrets) -> list[str]:
    """Which of the secrets stand in a text, however spaced; short figures by themselves only."""
    tight = text.translate(SPACING)
    return [each for each in secrets if _stands(each, text, tight)]


def _stands(secret: str, text: str, tight: str) -> bool:
    if secret.isascii() and len(secret) < 6:  # or a digest would hold it now and then
        return bool(re.search(rf"(?<![0-9A-Za-z]){re.escape(secret)}(?![0-9A-Za-z])", text))
    return _tight(secret) in tight


@cache
def _tight(secret: str) -> str:
    return secret.translate(SPACING)


class Links(HTMLParser):
    """The addresses of a page, and of each GET form every choice it offers."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.typed: list[tuple[str, str]] = []
        """Action and name of every field one can type into."""
        self.form: str | None = None
        self.select = ""

    def handle_starttag(self, tag, attrs) -> None:
        at = dict(attrs)
        self.found += [at[name] for name in ADDRESSES if at.get(name) not in (None, "true")]
        if tag == "form":
            self.form = at.get("action", "") if at.get("method", "get").lower() == "get" else None
        elif tag == "select":
            self.select = at.get("name", "")
        elif self.form is not None and tag == "option" and self.select:
            self.found.append(f"{self.form}?{urlencode({self.select: at.get('value', '')})}")
        elif self.form is not None and tag == "input" and at.get("name"):
            if at.get("type", "text") in ("text", "search", "number"):
                self.typed.append((self.form, at["name"]))
            self.found.append(f"{self.form}?{urlencode({at['name']: at.get('value', '')})}")

    def handle_endtag(self, tag) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""


def name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


@dataclass
class Crawl:
    """What a walk saw: each address with all it said, the views behind, the fields to type in."""

    client: object
    said: dict[str, str] = field(default_factory=dict)
    statuses: Counter = field(default_factory=Counter)
    views: set[str] = field(default_factory=set)
    fields: set[tuple[str, str]] = field(default_factory=set)
    shapes: Counter = field(default_factory=Counter)
    frugal: bool = True
    variants: int = VARIANTS

    def walk(self, *starts: str) -> None:
        """Ask for every start and for all that the answers lead to."""
        waiting = list(starts)
        while waiting:
            address = waiting.pop()
            if self.is_new(address):
                waiting += self.visit(address)

    def is_new(self, address: str) -> bool:
        """Not asked for yet, and of no shape that has been asked for often enough."""
        parts = urlsplit(address)
        names = sorted({name for name, _ in parse_qsl(parts.query, True)})
        if self.frugal and TAKE_AWAY.match(parts.path):
            names = ["any"] if names else []
        shape = parts.path, tuple(names)
        self.shapes[shape] += 1
        return address not in self.said and self.shapes[shape] <= self.variants

    def visit(self, address: str, method: str = "get") -> list[str]:
        """One question; the internal addresses of its answer."""
        answer = getattr(self.client, method)(address)
        path = urlsplit(address).path
        self.said[f"{method} {address}" if method != "get" else address] = everything(answer)
        self.statuses[answer.status_code] += 1
        self.views.add(name_of(path))
        found = [answer["Location"]] if answer.has_header("Location") else []
        if "html" in answer.get("Content-Type", ""):
            page = Links()
            page.feed(answer.content.decode())
            found += page.found
            self.fields |= {(urljoin(path, form) or path, name) for form, name in page.typed}
        return [inside for each in found if (inside := self._inside(address, each))]

    def _inside(self, base: str, address: str) -> str:
        parts = urlsplit(urljoin(f"http://testserver{base}", address.strip()))
        if parts.netloc != "testserver" or parts.path.startswith("/static/"):
            return ""
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
