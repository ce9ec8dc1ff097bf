"""`./manage.py similar FILE.jsonl`: a line out for every line in, and faulty lines by number."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

UNSEEN = Path(__file__).parent / "alike" / "unseen.jsonl"


def run(path):
    out, err = io.StringIO(), io.StringIO()
    call_command("similar", str(path), stdout=out, stderr=err)
    assert err.getvalue() == ""
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture
def file(tmp_path):
    def write(*lines):
        path = tmp_path / "some.jsonl"
        path.write_bytes(b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lines))
        return path

    return write


def test_every_line_has_its_five_nearest_in_the_order_of_the_file():
    asked = [json.loads(line) for line in UNSEEN.read_text(encoding="utf-8").splitlines()]
    answers = run(UNSEEN)
    assert [each["id"] for each in answers] == [each["id"] for each in asked]
    for each in answers:
        scores = [one["score"] for one in each["similar"]]
        assert [set(one) for one in each["similar"]] == [{"id", "score"}] * 5
        assert each["id"] not in [one["id"] for one in each["similar"]]
        assert scores == sorted(scores, reverse=True)
        assert (scores[0] <= 1, scores[-1] >= 0) == (True, True)
    assert {one["id"] for one in answers[0]["similar"][:2]} == {"u2", "u3"}


def test_ids_of_any_kind_stay_as_they_are_and_bodies_may_be_missing(file):
    ids = ['"甲"', "7", '"7"', "7.5", "true", "null", "[1, 2]", '{"a": "号"}']
    path = file("\ufeff", *(f'{{"id": {each}, "title": "修建石桥", "body": null}}' for each in ids))
    out = io.StringIO()
    call_command("similar", str(path), stdout=out)
    said = out.getvalue().splitlines()
    assert [line.split(', "similar"')[0] for line in said] == [f'{{"id": {each}' for each in ids]
    assert {len(json.loads(line)["similar"]) for line in said} == {5}
    assert "甲" in said[1]


def test_one_line_has_no_other_and_no_line_no_answer(file):
    assert run(file('{"id": 1, "title": "修桥"}')) == [{"id": 1, "similar": []}]
    assert run(file("")) == []


def test_texts_that_say_nothing_are_compared_too(file):
    path = file(
        '{"id": 1, "title": "？"}', '{"id": 2, "title": "问题"}', '{"id": 3, "title": "问题"}'
    )
    assert [len(each["similar"]) for each in run(path)] == [2, 2, 2]
    assert run(file('{"id": 1, "title": "？"}', '{"id": 2, "title": "。"}'))[0]["id"] == 1


def test_texts_with_nothing_in_common_have_their_five_nearest_too(file):
    for letters in ("abc", "甲乙丙", "abcdefg"):
        path = file(*(f'{{"id": "{each}", "title": "{each}"}}' for each in letters))
        for each in run(path):
            others = [one["id"] for one in each["similar"]]
            assert len(set(others) - {each["id"]}) == min(5, len(letters) - 1)


def test_half_a_character_in_an_id_is_written_as_it_came(file):
    out = io.StringIO()
    call_command("similar", str(file('{"id": "\\ud800", "title": "修桥"}')), stdout=out)
    assert out.getvalue() == '{"id": "\\ud800", "similar": []}\n'


def test_faulty_lines_are_named_by_number_and_nothing_is_compared(file):
    path = file(
        '{"id": 1, "title": "修桥"}', "修桥", "[1]", "", '{"title": "修桥"}', '{"id": 2}',
        '{"id": 3, "title": ""}', '{"id": 4, "title": 4}', '{"id": 5, "title": "修", "body": []}',
        '{"id": 1, "title": "修路"}', b'{"id": "\xff"}', '{"id": NaN, "title": "修"}', "[" * 9999,
        '{"id": 1e400, "title": "修"}', '{"id": {"a": [-1e999]}, "title": "修"}',
    )  # fmt: skip
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="13 行有错"):
        call_command("similar", str(path), stdout=out, stderr=err)
    assert out.getvalue() == ""
    assert err.getvalue().splitlines() == [
        "第 2 行：不是 JSON。",
        "第 3 行：不是 JSON 对象：要有 id、title、body。",
        "第 5 行：缺少 id。",
        "第 6 行：缺少 title。",
        "第 7 行：缺少 title。",
        "第 8 行：title 和 body 要是文字。",
        "第 9 行：title 和 body 要是文字。",
        "第 10 行：id 和第 1 行的重复。",
        "第 11 行：不是 UTF-8 文字。",
        "第 12 行：不是 JSON。",
        "第 13 行：不是 JSON。",
        "第 14 行：有太大的数，读不准。",
        "第 15 行：有太大的数，读不准。",
    ]


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(CommandError, match=r"读不了 没有\.jsonl"):
        call_command("similar", "没有.jsonl")


def test_a_dash_reads_standard_input(monkeypatch):
    given = io.TextIOWrapper(io.BytesIO('{"id": 1, "title": "修桥"}\n'.encode()))
    monkeypatch.setattr(sys, "stdin", given)
    assert run("-") == [{"id": 1, "similar": []}]


def test_whoever_reads_may_have_enough(file):
    path = file(*(json.dumps({"id": key, "title": f"关于修桥的建议{key}"}) for key in range(400)))
    asked = [sys.executable, "manage.py", "similar", str(path)]
    with subprocess.Popen(
        asked, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 0
