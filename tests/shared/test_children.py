"""`make run`: what ends by itself is started again, the web goes on; without the web all ends."""

import signal
import sys
import threading
from _thread import interrupt_main

import pytest

from congress.local import children
from congress.local.children import Child, together
from congress.local.console import Stop


@pytest.fixture(autouse=True)
def _apart(tmp_path, monkeypatch):
    """Logs of its own, no port, short pauses; and this process keeps its signals."""
    monkeypatch.setattr(children, "LOGS", tmp_path)
    monkeypatch.setattr(children, "_answers", lambda _: True)
    monkeypatch.setattr(children, "A_WHILE", 0.2, raising=False)
    monkeypatch.setattr(signal, "signal", lambda *_: None)


def python(program):
    return (sys.executable, "-c", program)


def lasting():
    return Child("web", python("import time; print('web', flush=True); time.sleep(60)"))


def run(*family, ready=lambda: None):
    together(family, port=1, env={}, ready=ready)


def interrupted_once(log, says, times):
    def watch():
        while not log.exists() or log.read_text().count(says) < times:
            if over.wait(0.05):
                return
        interrupt_main()

    over = threading.Event()
    threading.Thread(target=watch, daemon=True).start()
    return over


def test_a_worker_that_ends_is_started_again_and_said_and_the_web_goes_on(tmp_path, capsys):
    worker = Child("worker", python("print('begun'); raise SystemExit(1)"), returns=True)
    over = interrupted_once(worker.log, "begun", 3)
    try:
        run(lasting(), worker)
    finally:
        over.set()
    assert (tmp_path / "web.log").read_text() == "web\n"
    said = capsys.readouterr().out
    assert said.count("The worker process ended by itself; it is started again") >= 2
    assert "worker.log" in said


def test_without_the_web_there_is_nothing_to_serve():
    web = Child("web", python("raise SystemExit('no socket')"))
    worker = Child("worker", python("import time; time.sleep(60)"), returns=True)
    with pytest.raises(Stop, match="no socket"):
        run(web, worker)
