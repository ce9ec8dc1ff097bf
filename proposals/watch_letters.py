"""关注的信: what a letter says, and who is written to. Beat calls; the rows say what is due.

A letter says only what the public may read at that minute; of what is public no more it says that
it has ended, and not a word of what it was about.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone

from congress.shared import clock, mailing
from congress.shared.texts import one_line, plain
from proposals.actions import watching as verbs
from proposals.models import Watch, Watcher
from proposals.queries import watching as queries
from proposals.queries.clocks import day
from proposals.queries.watching import About, News
from proposals.rules import WATCH_CONFIRM_DAYS, WATCH_KEEP_DAYS

logger = logging.getLogger("congress.proposals")
BATCH = 200
MOST = 30
"""So many proposals stand in one letter; the list has the rest."""
SETTLED = timedelta(minutes=2)
"""What was written this lately may stand beside steps that are not committed yet: next time."""


class Letter(NamedTuple):
    """One letter, ready to go."""

    subject: str
    text: str
    headers: dict[str, str]


def ask_back() -> int:
    """确认信: to every address that somebody asked for; how many went out."""
    sent = 0
    with _post() as post:
        waiting = Watch.objects.to_confirm().unclaimed(clock.now() - verbs.CLAIM_LASTS)
        for watch in waiting.select_related("watcher", *queries.OF)[:BATCH] if post else ():
            sent += _ask(watch, post) if post else 0
    return sent


def _ask(watch: Watch, post: BaseEmailBackend) -> int:
    """One that is public no more is forgotten at once, and nothing is written."""
    if queries.closed([watch]):
        verbs.unwatch([watch])
        return 0
    if not verbs.claim_letter(watch, clock.now()):
        return 0
    letter = confirmation(watch)
    if not _sent(post, watch.watcher, letter, named=f"watch {watch.pk}"):
        return 0
    verbs.letter_sent(watch)
    return 1


def tell_all() -> int:
    """每日汇总: one letter a day to each address with news; how many went out.

    News begins where the last letter ended, so that a day without a mail server loses nothing.
    """
    now, today, sent = clock.now(), clock.today(), 0
    until = now - SETTLED
    with _post() as post:
        due = Watcher.objects.due(today, claims_end=now - verbs.CLAIM_LASTS)
        watchers = list(due.prefetch_related("watches")[:BATCH]) if post else []
        news = News(_since(watchers, until), until, today) if watchers else None
        for watcher in watchers:
            if post and news and verbs.claim_digest(watcher, clock.now(), today):
                sent += _tell(watcher, news, until, post)
    return sent


def _since(watchers: Sequence[Watcher], until: datetime) -> datetime:
    """Where the news of the one that was told least lately begins."""
    confirmed = [
        min(each.confirmed_at for each in watcher.watches.all() if each.confirmed_at)
        for watcher in watchers
    ]
    told = [watcher.told_until for watcher in watchers]
    return min((a or b for a, b in zip(told, confirmed, strict=True)), default=until)


def _tell(watcher: Watcher, news: News, until: datetime, post: BaseEmailBackend) -> int:
    today = clock.today()
    rows = watcher.watches.filter(confirmed_at__isnull=False).select_related(*queries.OF)
    watches = list(rows)
    closed = queries.closed(watches)
    old = clock.now() - timedelta(days=WATCH_KEEP_DAYS.on(today))
    over = [each for each in watches if each.confirmed_at and each.confirmed_at < old]
    found = news.of([each for each in watches if each not in closed], watcher.told_until)
    ended = list(dict.fromkeys([*closed, *over]))
    letter = digest(watcher, found, [each for each in watches if each not in ended], closed, over)
    if letter and not _sent(post, watcher, letter, named=f"digest {watcher.pk}"):
        return 0
    verbs.digest_told(watcher, until=until, today=today, ended=ended)
    return 1 if letter else 0


@contextmanager
def _post() -> Iterator[BaseEmailBackend | None]:
    """An open line to the mail server; None when there is none, and everything waits."""
    if not settings.EMAIL_URL:
        yield None
        return
    try:
        post = get_connection()
        post.open()
    except OSError as fault:  # the server cannot be reached: the next turn tries again
        logger.warning("mail server: %s", type(fault).__name__)
        yield None
        return
    try:
        yield post
    finally:
        post.close()


def _sent(post: BaseEmailBackend, to: Watcher, letter: Letter, *, named: str) -> bool:
    try:
        return mailing.sent(
            post, to.address, letter.subject, letter.text, named=named, headers=letter.headers
        )
    except OSError as fault:  # the line broke: the claim runs out, and it waits again
        logger.warning("%s not mailed: %s", named, type(fault).__name__)
        return False


def _headers(end: str) -> dict[str, str]:
    """RFC 8058: the reader's mail program has a button of its own that ends it."""
    return {
        "List-Unsubscribe": f"<{end}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def confirmation(watch: Watch) -> Letter:
    """确认信: what was asked for, and the link that says yes."""
    days = WATCH_CONFIRM_DAYS.on(clock.today())
    lines = [
        f"有人用这个邮箱在{settings.COUNTY}人大代表履职平台要求关注：",
        queries.name_of(queries.subject(watch)),
        "",
        f"是您要求的，请在 {days} 天内打开下面的链接，点“确认关注”：",
        queries.confirm_address(watch),
        "",
        f"不是您要求的，不用理会：{days} 天以后这个邮箱自动删除，不会再收到信。",
        *_kept(),
    ]
    subject = f"请确认：关注{settings.COUNTY}代表建议的办理进展"
    return Letter(subject, plain("\n".join(lines)), _headers(queries.end_address(watch)))


def _kept() -> list[str]:
    page = settings.SITE_URL + reverse("proposals:watch")
    return ["", f"邮箱只用来寄这些信，存多久、怎么删：{page}"]


def digest(
    watcher: Watcher,
    news: Sequence[About],
    going_on: Sequence[Watch],
    closed: Sequence[Watch],
    over: Sequence[Watch],
) -> Letter | None:
    """每日汇总: what is new, then what has ended; None when there is nothing to say."""
    if not news and not closed and not over:
        return None
    lines = [f"您关注的建议有新进展，截至 {_minute()}。", ""] if news else []
    for about in news[:MOST]:
        lines += [f"{about.number} {one_line(about.title)}"]
        lines += [f"　{line.when} {line.title}：{one_line(line.words)}" for line in about.lines]
        lines += [f"　{_page(about.number)}", ""]
    if len(news) > MOST:
        everything = settings.SITE_URL + reverse("proposals:public_list")
        lines += [f"另有 {len(news) - MOST} 件，请看 {everything}", ""]
    for each in closed:
        number = each.proposal.number if each.proposal else ""
        lines += [f"编号 {number} 的建议现在不在公开之列，对它的关注到此结束。", ""]
    for each in over:
        if each not in closed:
            name = queries.name_of(queries.subject(each))
            lines += [f"关注期满，到此结束：{name}。还想看的话请重新关注。", ""]
    if going_on:
        lines += ["————", "您在关注："]
        for each in going_on:
            lines += [
                f"　{queries.name_of(queries.subject(each))}",
                f"　不再关注：{queries.end_address(each)}",
            ]
        lines += [f"全部不再关注：{queries.end_address(watcher)}", *_kept()]
    else:
        lines += ["您没有别的关注了，这个邮箱已经从平台删除。"]
    headers = _headers(queries.end_address(watcher))
    return Letter(_subject(news), plain("\n".join(lines)), headers)


def _subject(news: Sequence[About]) -> str:
    if not news:
        return f"{settings.COUNTY}代表建议：一项关注已经结束"
    what = f"“{one_line(news[0].title)[:30]}”" if len(news) == 1 else f"您关注的 {len(news)} 件建议"
    return one_line(f"{settings.COUNTY}代表建议：{what}有新进展")


def _page(number: str) -> str:
    return settings.SITE_URL + reverse("proposals:public_detail", args=[number])


def _minute() -> str:
    now = timezone.localtime(clock.now())
    return f"{day(now.date())} {now:%H:%M}"
