"""Chapter two: two years of duties, registered by organisers and reported by deputies."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from congress.home.demo import reports
from congress.home.demo.cast import Cast, moment
from congress.home.demo.photos import photo
from congress.shared import clock
from congress.shared.actors import Actor
from deputies.actions import duties
from deputies.models import Deputy, DeputyGroup, DutyItem, DutyRecord, Membership
from deputies.models.duties import DutyRecordQuerySet
from deputies.permissions import why_not_together
from scoring.actions import posting
from stations.actions import events
from stations.actions.events import Mark
from stations.models import Presence

GROUP_CALLS = (
    (2, 18, "M4", "代表小组学习讨论会", "代表联络站"),
    (3, 12, "A2", "共同缔造美好环境专题调研", "村党群服务中心"),
    (4, 9, "C4", "场院会商量修路筹工", "村文化广场"),
    (4, 20, "C1", "逢十接待日接待选民", "代表联络站"),
    (5, 14, "A2", "春耕备耕和农资市场视察", "农资门市部"),
    (6, 20, "C1", "逢十接待日接待选民", "代表联络站"),
    (7, 10, "A3", "防汛备汛小分队走访", "沿河各村"),
    (8, 10, "C1", "逢十接待日接待选民", "代表联络站"),
    (8, 19, "M4", "半年履职情况通报会", "代表之家"),
    (9, 10, "C1", "逢十接待日接待选民", "代表联络站"),
    (9, 15, "A2", "优化营商环境专题视察", "镇便民服务中心"),
    (10, 13, "C4", "楼栋议事会商量停车和充电", "安置小区"),
    (10, 20, "C1", "逢十接待日接待选民", "代表联络站"),
    (11, 3, "A3", "秸秆禁烧小分队走访", "各村民小组"),
)
COUNTY_CALLS = (
    (3, 26, "S1", "代表履职培训班", "县委党校", 1.0),
    (4, 22, "A1", "常委会视察农村公路建养", "得胜、擂鼓等镇", 0.5),
    (5, 20, "M3", "列席县人大常委会会议", "县人大常委会会议室", 0.3),
    (6, 10, "A1", "义务教育优质均衡发展调研", "城关、宝丰等镇", 0.5),
    (6, 25, "A4", "绿松石产业专业小组调研", "绿松石产业园", 0.4),
    (7, 28, "M3", "列席县人大常委会会议", "县人大常委会会议室", 0.3),
    (8, 14, "A5", "重点建议督办现场会", "麻家渡镇", 0.3),
    (9, 4, "S1", "民法典和代表法专题学习", "县委党校", 0.9),
    (9, 24, "A4", "预算审查专业小组预审", "县财政局", 0.4),
    (10, 15, "A1", "食品安全法执法检查", "城关镇", 0.5),
    (11, 12, "S1", "预算审查监督专题学习", "县委党校", 0.9),
)
UNSETTLED = timedelta(days=11)
"""What was registered in these last days still waits for staff."""
Register = Callable[[date], None]
"""What happens on the day: somebody registers something."""
SESSION_DAYS = {2025: date(2025, 1, 8), 2026: date(2026, 1, 14)}
VISITS = (
    ("走访桃园村四户困难群众，了解饮水和看病情况", "桃园村"),
    ("入户听取茶农对加工车间的意见", "龙井村"),
    ("看望留守老人，登记房屋漏雨两户", "新桥村"),
    ("走访养殖户，商量粪污处理办法", "东川村"),
    ("和搬迁群众座谈，收集就业意见", "安置小区"),
)


def live_through(cast: Cast, year: int, until: date, tell: Callable[[str], None]) -> None:
    """The year's calls in the order of the calendar, the last month left for staff to do.

    It is the longest chapter: `tell` hears of each month as it begins.
    """
    calls = sorted(_calls(cast, year), key=lambda call: call[0])
    month = 0
    for day, register in calls:
        if day > until:
            break
        if day.month != month:
            _settle(cast, day.replace(day=1) - timedelta(days=1))
            month = day.month
            tell(f" {month} 月")
        with clock.at(moment(day, 17)):
            register(day)
    _settle(cast, until if until < cast.today else until - UNSETTLED)


def _calls(cast: Cast, year: int) -> Iterator[tuple[date, Register]]:
    items = {item.code: item for item in DutyItem.objects.all()}
    yield SESSION_DAYS[year], _session(cast, items, year)
    for month, day, code, title, place, share in COUNTY_CALLS:
        yield date(year, month, day), _county_call(cast, items[code], title, place, share)
    for month, day, code, title, place in GROUP_CALLS:
        for offset, group in enumerate(cast.groups):
            when = date(year, month, day)
            if code != "C1":
                when += timedelta(days=offset % 9)
            yield when, _group_call(cast, group, items[code], title, place)
    for number, deputy in enumerate(cast.deputies):
        for visited in (2, 4, 8, 11):
            when = date(year, visited, 3 + number % 17)
            if cast.is_away(deputy, when):
                continue
            if (number + visited) % 5 < 3 or deputy == cast.star:
                yield when, _visit(cast, deputy, items["C2"], number)
    if cast.star:
        yield date(year, 7, 1), _award(cast, cast.star, items["B7"])
        yield date(year, 9, 29), _award(cast, cast.star, items["B6"])
    yield date(year, 11, 20), _report_in(cast, year)
    yield date(year, 11, 21), _plans_kept(cast, items["S3"])


def _marks(cast: Cast, deputies: list[Deputy]) -> dict[int, Mark]:
    marks = {}
    for deputy in deputies:
        luck = cast.dice.random()
        if cast.is_away(deputy, clock.today()):
            marks[deputy.pk] = Mark(Presence.LEAVE, "镇人大主席")
        elif luck < cast.diligence(deputy):
            marks[deputy.pk] = Mark(Presence.PRESENT, "")
        elif luck < cast.diligence(deputy) + 0.3:
            marks[deputy.pk] = Mark(Presence.LEAVE, "镇人大主席")
        else:
            marks[deputy.pk] = Mark(Presence.ABSENT, "")
    return marks


def _session(cast: Cast, items: dict[str, DutyItem], year: int) -> Register:
    title = f"县十九届人大{'四' if year == 2025 else '五'}次会议"

    def register(day: date) -> None:
        marks = {d.pk: Mark(Presence.PRESENT, "") for d in cast.deputies}
        for deputy in cast.dice.sample(cast.deputies, 9):
            if deputy != cast.star:
                marks[deputy.pk] = Mark(Presence.LEAVE, "代表团团长")
        _all(cast, items["M1"], title, day, "县会议中心", marks)
        speakers = cast.dice.sample(cast.deputies, 110)
        spoke = {d.pk: Mark(Presence.PRESENT, "") for d in speakers}
        _all(cast, items["M2"], f"{title}分团审议发言", day, "各代表团驻地", spoke)

    return register


def _county_call(cast: Cast, item: DutyItem, title: str, place: str, share: float) -> Register:
    def register(day: date) -> None:
        called = cast.dice.sample(cast.deputies, round(len(cast.deputies) * share))
        _all(cast, item, title, day, place, _marks(cast, called))

    return register


def _report_in(cast: Cast, year: int) -> Register:
    def register(day: date) -> None:
        reports.hold(cast, year, day)

    return register


def _plans_kept(cast: Cast, item: DutyItem) -> Register:
    def register(day: date) -> None:
        kept = {d.pk: Mark(Presence.PRESENT, "") for d in cast.deputies if d.pk % 17}
        _all(cast, item, "按时报送履职计划和小结", day, "代工委", kept)

    return register


def _all(
    cast: Cast, item: DutyItem, title: str, day: date, place: str, marks: dict[int, Mark]
) -> None:
    events.roll_call(
        item=item,
        title=title,
        held_on=day,
        place=place,
        assembly=cast.county,
        marks=marks,
        by=cast.registrar,
    )


def _group_call(cast: Cast, group: DeputyGroup, item: DutyItem, title: str, place: str) -> Register:
    def register(day: date) -> None:
        members = cast.members[group.pk]
        called = cast.on_duty(group) if item.code == "C1" else members
        events.roll_call(
            item=item,
            title=title,
            held_on=day,
            place=f"{group.area.name}{place}",
            group=group,
            marks=_marks(cast, called),
            by=cast.convenors[group.pk] if item.code != "C1" else cast.townships[group.area_id],
        )

    return register


def _visit(cast: Cast, deputy: Deputy, item: DutyItem, number: int) -> Register:
    def register(day: date) -> None:
        words, place = VISITS[(number + day.month) % len(VISITS)]
        duties.report(
            deputy,
            item=item,
            done_on=day,
            quantity=1 + number % 4,
            place=place,
            note=words,
            photos=[photo(deputy.pk * 1000 + day.timetuple().tm_yday + day.year % 2 * 500)],
            token=f"demo-{deputy.pk}-{day:%Y%m%d}",
            by=cast.actors[deputy.pk],
        )

    return register


def _award(cast: Cast, deputy: Deputy, item: DutyItem) -> Register:
    """One matter, two levels: only the higher counts."""

    def register(day: date) -> None:
        duties.report(
            deputy,
            item=item,
            done_on=day,
            quantity=1,
            place="",
            note=f"{day.year} 年优秀人大代表",
            matter="优秀人大代表",
            photos=[photo(day.toordinal())],
            token=f"demo-{item.code}-{deputy.pk}-{day:%Y%m%d}",
            by=cast.actors[deputy.pk],
        )

    return register


def _settle(cast: Cast, day: date) -> None:
    settle(cast, DutyRecord.objects.filter(done_on__lte=day), day, checker=cast.clerk)


def settle(cast: Cast, waiting: DutyRecordQuerySet, day: date, *, checker: Actor) -> None:
    """What waits is checked by one person and verified by another, a month at a time."""
    with clock.at(moment(day, 10)):
        for some in _by_warning(waiting.to_check()):
            duties.check_all(some, by=checker)
        for some in _by_warning(waiting.to_verify()):
            posting.verify_and_post_all(some, by=cast.director, twice=len(some) == 1)


def _by_warning(records: DutyRecordQuerySet) -> Iterator[list[DutyRecord]]:
    """All without a warning together, and each other one by itself."""
    plain: list[DutyRecord] = []
    for record in records.with_doubts().order_by("pk"):
        if why_not_together(record):
            yield [record]
        else:
            plain.append(record)
    yield plain


def leave_some_waiting(cast: Cast) -> None:
    """For the day the county is opened: records at each step, with and without a warning."""
    waiting = list(DutyRecord.objects.to_check().with_doubts().order_by("pk"))
    own = [r for r in waiting if cast.star and r.deputy_id == cast.star.pk]
    others = [r for r in waiting if r not in own and not why_not_together(r)]
    half = len(others) // 2
    duties.check_all(others[:half], by=cast.clerk)
    posting.verify_and_post_all(others[: half // 2], by=cast.director)
    for record in own[:1]:
        duties.send_back(record, reason="照片里看不到人，补一张就行。", by=cast.clerk)
    for record in others[half : half + 2]:
        duties.send_back(record, reason="登记的日期和活动对不上，请核对。", by=cast.clerk)
    _leave_some_to_look_at(cast)


def _leave_some_to_look_at(cast: Cast) -> None:
    """The same photo under two names, one visit told twice; and some for the first township."""
    people = [deputy for deputy in cast.deputies if deputy != cast.star][:3]
    told = [(people[0], 3, 7001), (people[1], 2, 7001), (people[2], 2, 7002), (people[2], 2, 7003)]
    for number, (deputy, days, drawn) in enumerate(told):
        record = _visited(cast, deputy, cast.today - timedelta(days=days), number, drawn)
        with clock.at(moment(cast.today - timedelta(days=1), 16)):
            here = Membership.objects.running(record.done_on).select_related("group")
            area = here.get(deputy=deputy).group.area_id
            duties.check(record, by=cast.townships[area])
    first = next(iter(cast.townships))
    near = [d for group in cast.groups if group.area_id == first for d in cast.members[group.pk]]
    reporting = [d for d in near if d.pk in cast.actors and d not in (*people, cast.star)]
    for number, deputy in enumerate(reporting[:3], start=len(told)):
        _visited(cast, deputy, cast.today - timedelta(days=2), number, 7003 + number)


def _visited(cast: Cast, deputy: Deputy, day: date, number: int, drawn: int) -> DutyRecord:
    """A visit with two photos, reported yesterday; `drawn` is the picture that may stand twice."""
    words, place = VISITS[number % len(VISITS)]
    with clock.at(moment(cast.today - timedelta(days=1), 9 + number)):
        return duties.report(
            deputy,
            item=DutyItem.objects.get(code="C2"),
            done_on=day,
            quantity=2,
            place=place,
            note=words,
            photos=[photo(drawn), photo(8000 + number)],
            token=f"demo-look-{number}",
            by=cast.actors[deputy.pk],
        )
