"""The documents point only to what exists: files, pictures, headings and commands."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "demo").rglob("*.md")),
]
IDS = [str(page.relative_to(ROOT)) for page in PAGES]
TARGETS = set(re.findall(r"^([a-z]+(?: [a-z]+)*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
TARGETS = {name for names in TARGETS for name in names.split()}
FENCED = re.compile(r"(?ms)^```.*?^```$")


def links(page: Path) -> list[str]:
    """Markdown's links and pictures, HTML's too; what stands in a code block is no link."""
    text = FENCED.sub("", page.read_text("utf-8"))
    found = re.findall(r"\]\(<?([^)\s>]+)>?[^)]*\)", text)
    found += re.findall(r"^\[[^\]]+\]:\s*(\S+)", text, re.MULTILINE)
    return found + re.findall(r'\b(?:src|srcset|href)="([^"\s]+)', text)


def anchors(page: Path) -> set[str]:
    """The names under which headings can be reached, as the code hosts make them."""
    heads = re.findall(r"^#+\s+(.+)$", FENCED.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def test_there_are_documents_with_links():
    assert sum(len(links(page)) for page in PAGES) > 3
    assert {"run", "test", "check"} <= TARGETS


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_relative_link_and_picture_exists(page):
    for link in links(page):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_command_that_is_named_exists(page):
    """In code only: after a backtick, or at the beginning of a line of a code block."""
    text = page.read_text("utf-8")
    named = re.findall(r"(?:^|`|\$ |&& |; )make ([a-z]+)", text, re.MULTILINE)
    code = "\n".join([*FENCED.findall(text), *re.findall(r"`[^`\n]+`", text)])
    named = [name for name in named if f"make {name}" in code]
    assert set(named) <= TARGETS
    commands = re.findall(r"manage\.py ([a-z_]+)", text)
    assert set(commands) <= set(get_commands())


def test_every_file_that_the_documents_name_in_backticks_exists():
    named = r"`((?:congress|deputies|proposals|stations|scoring|tests|docs|templates|static|demo)/"
    named += r"[\w/.\-]+\.(?:py|md|html|css|js|csv|xlsx|jsonl|svg|png))`"
    for page in PAGES:
        for name in re.findall(named, page.read_text("utf-8")):
            assert (ROOT / name).exists(), f"{page.name}: {name}"
