"""The set-up's voice: what is quick is silent, what is slow says what it is, progress is heard."""

import sys

import pytest

from congress.local import console
from congress.local.console import Stop, quietly


def run(tmp_path, program, **how):
    log = tmp_path / "log"
    quietly([sys.executable, "-c", program], log=log, failed="It failed", **how)
    return log.read_text("utf-8")


def test_a_quick_step_says_nothing_and_keeps_its_words(tmp_path, capfdbinary):
    assert run(tmp_path, "print('made')", doing="Making it") == "made\n"
    assert capfdbinary.readouterr().out == b""


def test_a_slow_step_says_what_it_is(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(console, "A_MOMENT", 0.01)
    run(tmp_path, "import time; time.sleep(0.3)", doing="Making it")
    assert capsys.readouterr().out == "Making it\n"


def test_a_step_that_tells_how_far_it_is_is_heard_and_its_result_is_not(tmp_path, capfd):
    program = "import sys; print('3 logins'); print('名册导入…… 代表 3', file=sys.stderr)"
    kept = run(tmp_path, program, tells=True)
    assert capfd.readouterr().out == "名册导入…… 代表 3\n"
    assert "3 logins" in kept
    assert "名册导入" in kept


@pytest.mark.parametrize("tells", [False, True])
def test_a_step_that_fails_shows_its_last_words(tmp_path, capsys, tells):
    with pytest.raises(Stop, match="It failed"):
        run(tmp_path, "raise SystemExit('no room')", tells=tells)
    assert "no room" in capsys.readouterr().err
