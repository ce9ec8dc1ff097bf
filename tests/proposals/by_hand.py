"""A person who knows no address but those that the page before them gives.

`follows` and `presses` look only at the present page; what is not on it cannot be reached.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client
from lxml import html

from congress.shared.actors import Actor


@dataclass
class Effort:
    """What a piece of work costs: requests answered, clicks made, fields filled, seconds spent."""

    requests: int = 0
    clicks: int = 0
    fields: int = 0
    seconds: float = 0.0


class Person:
    """Signed in, on the first screen."""

    def __init__(self, name: str, actor: Actor) -> None:
        self.name, self.effort = name, Effort()
        self.client = Client()
        self.client.force_login(actor.user)
        self._take("/")

    def again(self, actor: Actor) -> "Person":
        """Another morning: signed in anew, on the first screen."""
        self.client.force_login(actor.user)
        self._take("/")
        return self

    def follows(self, words: str) -> "Person":
        """The link that says this, on this page."""
        self.effort.clicks += 1
        self._take(self._link(words).get("href"))
        return self

    def can_follow(self, words: str) -> bool:
        return self._find(words) is not None

    def can_press(self, words: str) -> str:
        """What the first button says whose words begin so; empty when there is none."""
        said = (_said(each) for each in self.page.iter("button") if each.get("disabled") is None)
        return next((each for each in said if each.startswith(words)), "")

    def presses(self, words: str, typed: Mapping[str, str] | None = None) -> "Person":
        """The button that says this, in its form as the page has filled it in."""
        button = next(
            (
                each
                for each in self.page.iter("button")
                if _said(each) == words and each.get("disabled") is None
            ),
            None,
        )
        assert button is not None, f"{self.name}: no button “{words}” on {self.path}: {self.words}"
        form = next(button.iterancestors("form"))
        sent: dict[str, Any] = dict(_filled(form))
        for label, value in (typed or {}).items():
            sent |= dict(self._fields(form, label, value))
        self.effort.clicks += 1
        self.effort.fields += len(typed or {})
        action = form.get("action") or self.path
        if (form.get("method") or "get").lower() == "post":
            self._take(action, sent)
        else:
            self._take(action, query=sent)
        return self

    @property
    def words(self) -> str:
        return " ".join(self.page.text_content().split())

    def reads(self, words: str) -> None:
        assert words in self.words, f"{self.name}: “{words}” is not on {self.path}: {self.words}"

    def _link(self, words: str) -> html.HtmlElement:
        link = self._find(words)
        assert link is not None, f"{self.name}: no link “{words}” on {self.path}: {self.words}"
        return link

    def _find(self, words: str) -> html.HtmlElement | None:
        return next((each for each in self.page.iter("a") if _said(each).startswith(words)), None)

    def _fields(self, form: html.HtmlElement, label: str, value: str) -> Iterable[tuple[str, str]]:
        """Every field with this label, by name; of choices the one whose words begin so."""
        named = [each for each in form.iter("label", "legend") if _said(each).startswith(label)]
        assert named, f"{self.name}: no field “{label}” on {self.path}"
        for each in named:
            if each.tag == "label":
                yield str(form.get_element_by_id(each.get("for")).get("name")), value
                continue
            choices = next(each.iterancestors("fieldset")).iter("label")
            chosen = next(choice for choice in choices if _said(choice).startswith(value))
            option = next(chosen.iter("input"))
            yield str(option.get("name")), str(option.get("value"))

    def _take(
        self, address: str, sent: dict[str, Any] | None = None, query: dict[str, Any] | None = None
    ) -> None:
        began = time.perf_counter()
        address = address.partition("#")[0] or self.path
        if address.startswith("?"):
            address = f"{self.path.partition('?')[0]}{address}"
        if sent is None:
            answer = self.client.get(address, query or {}, follow=True)
        else:
            answer = self.client.post(address, sent, follow=True)
        self.effort.seconds += time.perf_counter() - began
        self.effort.requests += 1 + len(answer.redirect_chain)
        assert answer.status_code == 200, f"{self.name}: {answer.status_code} at {address}"
        self.path = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self.page = html.fromstring(answer.content.decode())


def _said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _filled(form: html.HtmlElement) -> Iterable[tuple[str, list[str]]]:
    """Every field as it stands; a ticked box and a chosen option count, an empty one does not."""
    found: dict[str, list[str]] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found.items()
