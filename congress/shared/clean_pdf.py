"""附件 PDF: an upload is drawn anew by a child process; nothing of the sent file itself is kept."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from congress.shared import pdf_cleaner
from congress.shared.workflow import alone

CLEANER = Path(pdf_cleaner.__file__)
SECONDS = 8
"""By the clock; of these the child may compute for six."""
TURN = "clean_pdf"
WAIT, AGAIN = 2.0, 0.1
"""So many seconds somebody waits for their turn, and asks for it so often."""
BUSY = "平台正在处理另一份 PDF，请过一会儿单独传这一个。"
HEAD = b"%PDF-"
FIRST = 1024
MEGABYTE = 1024 * 1024
BROKEN = "PDF 不完整或已损坏，请重新导出一份。"
WORDS = {
    pdf_cleaner.ENCRYPTED: "PDF 加了密码，打不开。请去掉密码再传。",
    pdf_cleaner.LARGE: "PDF 展开以后太大，请分成几份，或者打印成 PDF 再传。",
    pdf_cleaner.BROKEN: BROKEN,
    pdf_cleaner.UNREADABLE: (
        "PDF 里有照片读不懂，里面的拍摄地点、时间去不掉。"
        "请把照片重新插入再导出，或者打印成 PDF 再传。"
    ),
}


class BadPdf(ValueError):
    """What was sent is no PDF that can be kept; the sentence says why."""


class Busy(BadPdf):
    """Nothing is wrong with it: others are being cleaned."""


@dataclass(frozen=True)
class CleanPdf:
    """Pages to look at: no script, action, link, file, form, owner or date in it."""

    content: bytes
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def is_pdf(sent: IO[bytes]) -> bool:
    """By what is in it, whatever it is called; a reader would take it for one as well."""
    sent.seek(0)
    head = sent.read(FIRST)
    sent.seek(0)
    return HEAD in head


@contextmanager
def turn() -> Iterator[Callable[[], bool]]:
    """Asks whether it is our turn, of all web workers; it ends with the block, or with the worker.

    A cleaning takes a worker for seconds: two at once would leave none for whoever opens a page.
    Who waits in vain has waited once, whatever the number of files.
    """
    with ExitStack() as held:

        @cache
        def ours() -> bool:
            until = monotonic() + WAIT
            while not held.enter_context(alone(TURN, wait=False)):
                if monotonic() >= until:
                    return False
                sleep(AGAIN)
            return True

        yield ours


def read(sent: IO[bytes], size: int, *, most_pages: int, most_megabytes: int) -> CleanPdf:
    """The pages of an upload, drawn anew; `BadPdf` when there are none that can be kept."""
    if size > most_megabytes * MEGABYTE:
        raise BadPdf(f"PDF 超过 {most_megabytes} MB，请压缩一下，或者分成几份。")
    sent.seek(0)
    command = [sys.executable, "-I", str(CLEANER), str(most_pages)]
    try:
        done = subprocess.run(  # our own file; what was sent goes in by the pipe
            command, input=sent.read(), capture_output=True, timeout=SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired as fault:
        raise BadPdf(WORDS[pdf_cleaner.LARGE]) from fault
    if done.returncode == pdf_cleaner.DONE:
        pages, content = done.stdout.split(b"\n", 1)
        return CleanPdf(content, int(pages))
    if done.returncode == pdf_cleaner.PAGES:
        raise BadPdf(f"PDF 最多 {most_pages} 页，请只传要看的几页。")
    raise BadPdf(WORDS.get(done.returncode, WORDS[pdf_cleaner.BROKEN]))
