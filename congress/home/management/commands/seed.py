"""The demo county: made by the real verbs, with invented people, two years of it."""

import time
from datetime import date

from django.core.management.base import BaseCommand
from django.db import transaction

from congress.home.demo import (
    appeals,
    assigning,
    contact,
    duties,
    fields,
    loop,
    oddities,
    people,
    plans,
    raising,
    rulebooks,
    seats,
    second_looks,
    to_review,
    township,
    verdicts,
    voters,
)
from congress.home.demo.cast import LOGINS, PASSWORD, Cast, moment
from congress.shared import clock
from congress.shared.models import User

FIRST_YEAR, THIS_YEAR = 2025, 2026


class Command(BaseCommand):
    help = "填充示范县：两年的名册、履职、建议和评价，人物均为虚构。"

    def handle(self, *args: object, **options: object) -> None:
        """The demo county is there, whole or not at all; a county with accounts is left alone."""
        if User.objects.exists():
            self.stdout.write("库里已有账号，不再填充示范数据。")
            return
        began = time.monotonic()
        with transaction.atomic():
            self._tell()
        self.stdout.write(f"示范县已就绪，用时 {time.monotonic() - began:.0f} 秒。")
        self.stdout.write(f"密码都是 {PASSWORD}")
        for username, purpose in LOGINS:
            self.stdout.write(f"  {username:<12}{purpose}")

    def _tell(self) -> None:
        today = min(clock.today(), date(THIS_YEAR, 12, 31))
        with clock.at(moment(people.BOOK_FROM)):
            area = people.county_area()
            staff = people.committee(area)
            clerks, heads = people.units(area)
            self._say("机构和账号")
            people.take_in_roster(staff["keyuan"], people.BOOK_FROM)
            self._say("名册导入")
            cast = Cast(
                clerk=staff["keyuan"],
                registrar=staff["keyuan2"],
                director=staff["zhuren"],
                county=people.tell_the_terms(staff["zhuren"]),
                units=clerks,
                heads=heads,
                today=today,
            )
            people.open_doors(cast)
            self._say("开户和任职")
        loop.tell(cast, FIRST_YEAR)
        self._say(f"{FIRST_YEAR} 年建议")
        duties.live_through(cast, FIRST_YEAR, date(FIRST_YEAR, 12, 18))
        self._say(f"{FIRST_YEAR} 年履职")
        verdicts.decide_last_year(cast, FIRST_YEAR)
        self._say(f"{FIRST_YEAR} 年评价")
        plans.plan_the_years(cast, THIS_YEAR)
        loop.tell(cast, THIS_YEAR)
        assigning.tell(cast)
        raising.tell(cast)
        to_review.tell(cast)
        township.tell(cast)
        self._say(f"{THIS_YEAR} 年建议")
        duties.live_through(cast, THIS_YEAR, today)
        oddities.write_up_a_week(cast)
        oddities.win_an_award(cast)
        duties.leave_some_waiting(cast)
        second_looks.leave_for_a_second_look(cast)
        self._say(f"{THIS_YEAR} 年履职")
        appeals.contest(cast, THIS_YEAR)
        self._say("积分异议")
        fields.take_part(cast, THIS_YEAR)
        self._say("专业代表小组和对口调研")
        contact.keep_in_touch(cast, THIS_YEAR)
        self._say("双联")
        voters.write_in(cast)
        self._say("承诺和群众留言")
        seats.change_hands(cast, THIS_YEAR)
        self._say("辞职、补选和公告")
        rulebooks.leave_a_draft(cast)
        self._say("积分规则草案")
        verdicts.begin_this_year(cast, THIS_YEAR)
        people.set_passwords()
        self._say("年度评价启动")

    def _say(self, chapter: str) -> None:
        self.stdout.write(f"  示范数据：{chapter}")
        self.stdout.flush()
