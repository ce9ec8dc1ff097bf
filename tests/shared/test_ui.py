"""The small signs: words beside every light, a reason beside every disabled button."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from congress.shared.templatetags.ui import light, stars, stroke_name, verb

STATIC = Path(settings.BASE_DIR) / "static"


def test_a_light_always_carries_its_word():
    assert "临近 · 还有 2 个工作日" in light("soon", "还有 2 个工作日")
    assert "超期 2 个工作日" in light("late", "2 个工作日")
    assert ">按期<" in light("ok")


def test_a_refused_verb_is_disabled_and_its_reason_stands_beside_it():
    drawn = verb("交办…", "只有代表工作机构可以交办建议。")

    assert " disabled" in drawn
    assert "只有代表工作机构可以交办建议。" in drawn


def test_a_possible_verb_is_an_ordinary_button():
    assert verb("上报") == '<button class="btn main">上报</button>'


def test_signs_escape_what_people_wrote():
    assert "<b>" not in verb("<b>", "<b>") + light("ok", "<b>")


def test_unlit_stars_stay():
    assert stars(9).count("★") == 10


def test_two_character_names_are_as_wide_as_three():
    assert stroke_name("罗强") == "罗\u3000强"
    assert stroke_name("欧阳玉兰") == "欧阳玉兰"


def test_the_pager_keeps_the_filters_of_the_address():
    request = RequestFactory().get("/proposals/", {"year": "2026", "page": "2"})
    page = Paginator(range(47), 10).page(2)

    drawn = Template("{% pager page %}").render(Context({"page": page, "request": request}))

    assert "year=2026&amp;page=3" in drawn
    assert "第 11—20 件，共 47 件" in drawn


def test_the_page_of_a_fault_needs_no_request_and_gives_the_words_back():
    text = "三组过水桥的护栏掉了一截，孩子上学不安全。"
    context = {"kept": [("facts", text)], "words": [{"label": "情况", "text": text}]}

    drawn = render_to_string("503.html", context | {"method": "POST", "path": "/x/"})

    assert drawn.count("孩子上学不安全") == 2


def test_the_last_resort_page_is_a_plain_file():
    text = (Path(settings.BASE_DIR) / "templates" / "500.html").read_text("utf-8")

    assert "{%" not in text
    assert "{{" not in text


@pytest.mark.django_db
def test_styles_and_scripts_of_a_first_view_stay_under_thirty_kib(client):
    page = client.get("/").content.decode()
    names = re.findall(r'(?:href|src)="/static/((?:css|js)/[^"]+)"', page)
    assert len(names) >= 6

    assert sum(len(gzip.compress((STATIC / name).read_bytes())) for name in names) <= 30 * 1024
