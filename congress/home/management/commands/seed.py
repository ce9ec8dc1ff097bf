"""The demo county: made by the real verbs, with invented people, two years of it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Model

from congress.home.demo import (
    activities,
    appeals,
    assigning,
    contact,
    duties,
    fields,
    loop,
    oddities,
    on_the_spot,
    people,
    places,
    plans,
    promises,
    raising,
    rated,
    receptions,
    recurring,
    reports,
    rolled,
    rota,
    rulebooks,
    screens,
    seats,
    second_looks,
    shop,
    supervised,
    talked_to,
    to_review,
    township,
    verdicts,
    voters,
)
from congress.home.demo.cast import LOGINS, PASSWORD, Cast, moment
from congress.shared import clock
from congress.shared.models import Organisation, Post, User
from deputies.models import (
    ContactRecord,
    Deputy,
    DeputyGroup,
    DutyRecord,
    Message,
    SeatChange,
    SpecialistGroup,
    Study,
)
from proposals.models import CarriedProposal, Foster, Inspection, KeySupervision, Proposal, Reply
from proposals.states import Kind
from scoring.models import (
    Appeal,
    Appraisal,
    Entry,
    Gift,
    Grading,
    Purse,
    Redemption,
    ReportMeeting,
    RuleBook,
    Talk,
)
from stations.models import (
    Activity,
    Campaign,
    CheckIn,
    Council,
    Finding,
    ReceptionDay,
    RotaSlot,
    StationCheck,
    Visit,
    WallVersion,
)

FIRST_YEAR, THIS_YEAR = 2025, 2026


class Command(BaseCommand):
    help = "填充示范县：两年的名册、履职、建议和评价，人物均为虚构。"

    def handle(self, *args: object, **options: object) -> None:
        """The demo county is there, whole or not at all; a county with accounts is left alone."""
        if User.objects.exists():
            self.stdout.write("库里已有账号，不再填充示范数据。")
            return
        began = time.monotonic()
        self._say("正在填充示范县，共两年；中途停下的，下次从头再来。\n")
        with transaction.atomic():
            self._tell()
        self._say(f"示范县已就绪，用时 {time.monotonic() - began:.0f} 秒。\n")
        self.stdout.write(f"密码都是 {PASSWORD}")
        for username, purpose in LOGINS:
            self.stdout.write(f"  {username:<12}{purpose}")

    def _tell(self) -> None:
        today = min(clock.today(), date(THIS_YEAR, 12, 31))
        with clock.at(moment(people.BOOK_FROM)):
            cast = self._people(today)
        with self._chapter(f"{FIRST_YEAR} 年的建议", Proposal, Reply):
            loop.tell(cast, FIRST_YEAR, Kind.SESSION)
        with self._chapter(f"{FIRST_YEAR} 年的履职和积分", DutyRecord, Entry):
            duties.live_through(cast, FIRST_YEAR, date(FIRST_YEAR, 12, 18), self._say)
        with self._chapter(f"{FIRST_YEAR} 年的年度评价", Appraisal, Grading):
            verdicts.decide_last_year(cast, FIRST_YEAR)
        with self._chapter(f"{THIS_YEAR} 年的计划和建议", Proposal, Reply):
            plans.plan_the_years(cast, THIS_YEAR)
            rated.release(cast, FIRST_YEAR, rated.LAST_YEAR)
            loop.tell(cast, THIS_YEAR, Kind.SESSION)
            rated.handled_again(cast, FIRST_YEAR)
            rated.release(cast, THIS_YEAR, rated.SUMMER)
            loop.tell(cast, THIS_YEAR, Kind.INTERSESSION)
            assigning.tell(cast)
            raising.tell(cast)
            to_review.tell(cast)
            township.tell(cast)
            recurring.tell(cast)
            promises.tell(cast)
        with self._chapter("重点督办和监督检查", KeySupervision, Inspection):
            supervised.tell(cast)
            rated.tell(cast, THIS_YEAR)
        with self._chapter(f"{THIS_YEAR} 年的履职和积分", DutyRecord, Entry):
            duties.live_through(cast, THIS_YEAR, today, self._say)
            oddities.write_up_a_week(cast)
            oddities.win_an_award(cast)
            duties.leave_some_waiting(cast)
            second_looks.leave_for_a_second_look(cast)
        self._rest(cast)

    def _people(self, today: date) -> Cast:
        with self._chapter("机构和账号", Organisation, User):
            area = people.county_area()
            staff = people.committee(area)
            clerks, heads = people.units(area)
        with self._chapter("名册导入", Deputy, DeputyGroup):
            people.take_in_roster(staff["keyuan"], people.BOOK_FROM)
        with self._chapter("积分规则、开户和任职", RuleBook, User, Post):
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
        return cast

    def _rest(self, cast: Cast) -> None:
        with self._chapter("提醒约谈", Talk):
            talked_to.tell(cast, FIRST_YEAR)
        with self._chapter("积分异议", Appeal):
            appeals.contest(cast, THIS_YEAR)
        with self._chapter("专业代表小组和对口调研", SpecialistGroup, Study):
            fields.take_part(cast, THIS_YEAR)
        with self._chapter("双联", ContactRecord):
            contact.keep_in_touch(cast, THIS_YEAR)
        with self._chapter("承诺和群众留言", Message):
            voters.write_in(cast)
        with self._chapter("辞职、补选和公告", SeatChange):
            seats.change_hands(cast, THIS_YEAR)
        with self._chapter("六有自查和上墙制度", StationCheck, WallVersion):
            places.furnish(cast)
        with self._chapter("逢十接待日轮值", ReceptionDay, RotaSlot):
            rota.take_turns(cast)
        with self._chapter("接待和议事", Visit, Council):
            receptions.receive(cast)
            screens.hang(cast)
        with self._chapter("主题活动和活动通知", Campaign, Activity):
            activities.act(cast)
        with self._chapter("现场签到和发现的问题", CheckIn, Finding):
            on_the_spot.tell(cast)
        with self._chapter("积分超市", Gift, Purse, Redemption):
            shop.tell(cast)
        with self._chapter("述职评议会", ReportMeeting):
            reports.leave_some_waiting(cast)
        with self._chapter("积分规则草案", RuleBook):
            rulebooks.leave_a_draft(cast)
        with self._chapter(f"{THIS_YEAR} 年的年度评价", Appraisal):
            verdicts.begin_this_year(cast, THIS_YEAR)
            people.set_passwords()
        with self._chapter(
            "滚动办理", CarriedProposal, Foster
        ):  # two leads leave: after their year
            rolled.tell(cast, FIRST_YEAR)

    @contextmanager
    def _chapter(self, name: str, *counted: type[Model]) -> Iterator[None]:
        """名册导入…… 代表 1308，代表小组 72（2 秒）: its name as it begins, then what it made."""
        self._say(f"  {name}……")
        before, began = _counts(counted), time.monotonic()
        yield
        grown = zip(counted, before, _counts(counted), strict=True)
        made = "，".join(f"{kind._meta.verbose_name} {now - was}" for kind, was, now in grown)
        self._say(f" {made}（{time.monotonic() - began:.0f} 秒）\n")

    def _say(self, words: str) -> None:
        """On the error output, as progress is: `make run` shows it, and keeps the rest."""
        self.stderr.write(words, str, ending="")
        self.stderr.flush()


def _counts(kinds: tuple[type[Model], ...]) -> list[int]:
    return [kind._default_manager.count() for kind in kinds]
