"""建议的标题 where there is little room: whole or not named at all, never cut in the middle."""

from collections.abc import Sequence

LONGEST_NOTICE = 300


def short(title: str) -> str:
    """没有“关于…的建议”: what a screen across the room and a digest have room for."""
    return title.removeprefix("关于").removesuffix("的建议")


def named(head: str, names: Sequence[str], *, most: int, between: str, many: str = "等") -> str:
    """The head, then so many of these as a notice has room for, and that there are more of them."""
    said = ""
    for shown in range(min(most, len(names)), 0, -1):
        more = many if len(names) > shown else ""
        said = f"{head}{between.join(names[:shown])}{more}。"
        if len(said) <= LONGEST_NOTICE:
            break
    return said[:LONGEST_NOTICE]
