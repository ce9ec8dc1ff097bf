"""Chapter: the deputy contests three lines; one waits, one was right, one was not."""

from datetime import timedelta

from django.utils import timezone

from congress.home.demo.cast import Cast, moment
from congress.home.demo.photos import photo
from congress.shared import clock
from scoring.actions import appeals
from scoring.models import Appeal, Entry, Rule

WAITING = ("A3", "那次是小组按全县统一定题开展的，应按 A2 记 2 分。附通知一份。")
RIGHT = ("A2", "那天是专业代表小组的活动，不是代表小组的，应按 A4 记。")
WRONG = ("C1", "那天上午下午各接待一拨选民，应算两次。")
RIGHT_ANSWER = "查了通知和签到表，确是专业代表小组的活动，改按 A4 记 2 分。"
WRONG_ANSWER = "签到表上是同一个接待日，按规则一个接待日记一次。"


def contest(cast: Cast, year: int) -> None:
    """Lines in which the registrar had no hand, so that the registrar may answer."""
    if cast.star is None:
        return
    rows = Entry.objects.filter(deputy=cast.star, year=year, assembly=cast.county)
    rows = rows.exclude(record__reported_by=cast.registrar.user).select_related("rule__item")
    lines = list(rows.order_by("-posted_at", "-pk"))
    waiting = _appeal(cast, lines, *WAITING)
    if waiting:
        photos = [photo(3)]
        with clock.at(waiting.opened_at + timedelta(hours=1)):
            by = cast.actors[cast.star.pk]
            appeals.add_words(waiting, words="通知的照片补上了。", photos=photos, by=by)
    if right := _appeal(cast, lines, *RIGHT):
        better = Rule.objects.get(book=right.entry.rule.book, item__code="A4")
        with clock.at(right.opened_at + timedelta(days=2)):
            appeals.uphold(right, answer=RIGHT_ANSWER, rule=better, by=cast.registrar)
    if wrong := _appeal(cast, lines, *WRONG):
        with clock.at(wrong.opened_at + timedelta(days=3)):
            appeals.dismiss(wrong, answer=WRONG_ANSWER, by=cast.registrar)


def _appeal(cast: Cast, lines: list[Entry], code: str, words: str) -> Appeal | None:
    """Against the newest line of that item that is not contested yet, the day after posting."""
    line = next((each for each in lines if each.rule.item.code == code), None)
    if line is None or cast.star is None:
        return None
    lines.remove(line)
    day = timezone.localdate(line.posted_at) + timedelta(days=1)
    with clock.at(moment(day, 20)):
        return appeals.appeal(line, words=words, by=cast.actors[cast.star.pk], today=day)
