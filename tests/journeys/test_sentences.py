"""What the policy says of 提、交、办 and 积分 is lived through in a browser."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.journeys.conftest import WINDOWS
from tests.journeys.sentences import SENTENCES, said_in

SENTENCE = SENTENCES[0]
NO_JOURNEYS = (
    f'def told(open_page):\n    """{SENTENCE}"""',
    f'def test_without_a_window(client):\n    """{SENTENCE}"""',
    f'@pytest.mark.skip\ndef test_not_run(open_page):\n    """{SENTENCE}"""',
)


def lived_through(source: str) -> Iterator[str]:
    """The sentences of the tests that open a window and are run; that they tap, `conftest` sees."""
    for each in ast.parse(source).body:
        if not isinstance(each, ast.FunctionDef) or not each.name.startswith("test_"):
            continue
        opens = WINDOWS & {argument.arg for argument in each.args.args}
        marks = " ".join(ast.unparse(mark) for mark in each.decorator_list)
        if opens and "skip" not in marks and "xfail" not in marks:
            yield from said_in(ast.get_docstring(each))


def test_every_sentence_has_a_journey_that_opens_a_window():
    sources = (path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    found = {sentence for source in sources for sentence in lived_through(source)}
    assert [sentence for sentence in SENTENCES if sentence not in found] == []


def test_a_docstring_alone_is_no_journey():
    assert [list(lived_through(each)) for each in NO_JOURNEYS] == [[], [], []]
    journey = f'def test_it(phone):\n    """{SENTENCE}"""'
    assert list(lived_through(journey)) == [SENTENCE]
