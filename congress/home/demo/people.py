"""Chapter one: the committee, the units, the roster, the accounts."""

from collections import defaultdict
from datetime import date, time

from django.conf import settings
from django.contrib.auth.hashers import make_password

from congress.home.demo.cast import (
    ARRIVED_ON,
    CLERK_NAMES,
    HEAD_NAMES,
    PASSWORD,
    ROLES_OF_STAFF,
    UNITS,
    Cast,
    as_actor,
)
from congress.shared.accounts import give_post, open_account
from congress.shared.actors import SYSTEM, Actor
from congress.shared.models import Area, Assembly, Organisation, Post, Session, Term, User
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from deputies.actions import accounts, groups, roster
from deputies.models import Deputy, DeputyGroup, Membership
from scoring.actions import rules
from stations.actions import places
from stations.models import Station

SESSIONS = (
    (4, date(2025, 1, 6), date(2025, 1, 9)),
    (5, date(2026, 1, 12), date(2026, 1, 15)),
)
BOOK_FROM = date(2025, 1, 1)
PLACES = ("便民服务中心一楼", "党群服务中心", "文化站一楼", "社区服务大厅东侧", "老街 18 号")


def county_area() -> Area:
    name = settings.COUNTY
    return Area.objects.get_or_create(
        parent=None, name=name, defaults={"short_name": name.rstrip("县")}
    )[0]


def committee(area: Area) -> dict[str, Actor]:
    """代工委 and its people, each able to sign in."""
    office = Organisation.objects.create(
        kind=OrganisationKind.COMMITTEE,
        name=f"{settings.COUNTY}人大常委会代表工作委员会",
        short_name="代工委",
        area=area,
        phone="0719-4220018",
    )
    staff = {}
    for username, name, role in ROLES_OF_STAFF:
        staff[username] = newcomer(username, name, office, role)
    return staff


def newcomer(username: str, name: str, organisation: Organisation, role: Role) -> Actor:
    user = open_account(username=username, name=name, by=SYSTEM)
    post = give_post(user, organisation=organisation, role=role, from_on=ARRIVED_ON, by=SYSTEM)
    return as_actor(post)


def units(area: Area) -> tuple[dict[str, Actor], dict[str, Actor]]:
    """承办单位, each with the person who handles proposals there, and with its head."""
    clerks, heads = {}, {}
    for position, ((name, short), person) in enumerate(
        zip(UNITS, CLERK_NAMES, strict=True), start=1
    ):
        unit = Organisation.objects.create(
            kind=OrganisationKind.UNIT,
            name=name,
            short_name=short,
            area=area,
            position=position,
            phone=f"0719-422{position:02}18",
        )
        username = "danwei" if name == "县水利和湖泊局" else f"danwei{position:02}"
        clerks[name] = newcomer(username, person, unit, Role.UNIT_CLERK)
        chief = f"juzhang{'' if username == 'danwei' else f'{position:02}'}"
        heads[name] = newcomer(chief, HEAD_NAMES[position - 1], unit, Role.UNIT_HEAD)
    return clerks, heads


def take_in_roster(clerk: Actor, today: date) -> None:
    """The roster goes in as staff would do it: upload, look, confirm."""
    path = settings.BASE_DIR / "demo" / "roster.xlsx"
    batch = roster.upload(
        path.read_bytes(), file_name="竹山县代表名册.xlsx", elected_on=ARRIVED_ON, by=clerk
    )
    places.apply_roster(batch, by=clerk, today=today)


def tell_the_terms(director: Actor) -> Assembly:
    """The county's sessions, and a rule book for each assembly that keeps points here."""
    county = Assembly.objects.get(level__code="county")
    term = Term.objects.current(county, BOOK_FROM)
    for number, opens, closes in SESSIONS:
        Session.objects.create(term=term, number=number, opens_on=opens, closes_on=closes)
    for assembly in Assembly.objects.filter(level__code__in=("county", "township")):
        rules.adopt_default(assembly, from_on=BOOK_FROM, by=director)
    return county


def open_doors(cast: Cast) -> None:
    """Every county deputy can sign in; groups have convenors, townships clerks, homes keepers."""
    sitting = Deputy.objects.sitting_in(cast.county, BOOK_FROM).in_name_order()
    cast.deputies = list(sitting.select_related("user"))
    members: dict[int, list[Deputy]] = defaultdict(list)
    for row in Membership.objects.running(BOOK_FROM).select_related("deputy"):
        members[row.group_id].append(row.deputy)
    cast.members = dict(members)
    _name_the_leads(cast)
    accounts.open_accounts(cast.deputies, by=SYSTEM, today=BOOK_FROM)
    cast.deputies = list(sitting.select_related("user"))
    posts = Post.objects.filter(role=Role.DEPUTY, user__deputy__in=cast.deputies)
    by_user = {post.user_id: post for post in posts.select_related("user", "organisation")}
    for deputy in cast.deputies:
        if deputy.user_id:
            cast.actors[deputy.pk] = as_actor(by_user[deputy.user_id])
    _convenors(cast)
    _townships(cast)
    _stations(cast)


def _name_the_leads(cast: Cast) -> None:
    """Two deputies of one group, and its convenor, have account names that are easy to type."""
    by_pk = {deputy.pk: deputy for deputy in cast.deputies}
    cast.groups = list(DeputyGroup.objects.select_related("area"))
    for group in cast.groups:
        pair = [d for d in cast.members.get(group.pk, []) if d.pk in by_pk]
        if len(pair) >= 3:
            break
    cast.star, cast.second = by_pk[pair[0].pk], by_pk[pair[1].pk]
    accounts.open_account(cast.star, username="daibiao", by=SYSTEM, today=BOOK_FROM)
    accounts.open_account(cast.second, username="daibiao2", by=SYSTEM, today=BOOK_FROM)
    accounts.open_account(_leader(cast, group), username="zhaojiren", by=SYSTEM, today=BOOK_FROM)


def _leader(cast: Cast, group: DeputyGroup) -> Deputy:
    """The group's first county deputy besides the two leads; another member where none sits."""
    county_pks = {deputy.pk for deputy in cast.deputies}
    leads = {deputy.pk for deputy in (cast.star, cast.second) if deputy}
    others = [deputy for deputy in cast.members[group.pk] if deputy.pk not in leads]
    return next((deputy for deputy in others if deputy.pk in county_pks), others[0])


def _convenors(cast: Cast) -> None:
    """Every group has its convenor, who can sign in."""
    leaders = {group.pk: _leader(cast, group) for group in cast.groups}
    accounts.open_accounts(leaders.values(), by=SYSTEM, today=BOOK_FROM)
    for group in cast.groups:
        leader = leaders[group.pk]
        groups.name_convenor(group, deputy=leader, by=cast.clerk, today=ARRIVED_ON)
    posts = Post.objects.filter(role=Role.CONVENOR).select_related("user", "organisation")
    by_user = {post.user_id: post for post in posts}
    for pk, user_id in DeputyGroup.objects.values_list("pk", "convenor"):
        cast.convenors[pk] = as_actor(by_user[user_id])


def _townships(cast: Cast) -> None:
    """One clerk for each township."""
    names = [
        "余海波",
        "毛春燕",
        "江永胜",
        "熊建平",
        "詹秀英",
        "章德才",
        "鲁小军",
        "屈红霞",
        "管志刚",
        "阮玉琴",
        "寇明亮",
        "庞世杰",
        "兰桂香",
        "车晓东",
        "宁传宝",
        "卓雅丽",
        "葛大山",
    ]
    for number, office in enumerate(Organisation.objects.townships(), start=1):
        username = "xiangzhen" if number == 1 else f"xiangzhen{number:02}"
        cast.townships[office.area_id] = newcomer(
            username, names[number - 1], office, Role.TOWNSHIP_CLERK
        )


def _stations(cast: Cast) -> None:
    """Every station has its address and hours, and those of the first township a keeper."""
    keeper = open_account(username="zhanzhang", name="苏文斌", by=SYSTEM)
    home = Station.objects.homes().earliest("area__position")
    for station in Station.objects.select_related("area"):
        if station.area_id == home.area_id:
            places.name_keeper(station, user=keeper, by=cast.clerk, today=ARRIVED_ON)
        address = f"{station.area.name}{PLACES[station.pk % len(PLACES)]}"
        longer = (time(9), time(16, 30)) if station.pk % 7 == 3 else (None, None)
        places.describe_station(
            station,
            address=address,
            opening="周一至周五 8:30—17:30",
            receives_from=longer[0],
            receives_until=longer[1],
            contact_name=keeper.name if station.area_id == home.area_id else "",
            contact_phone="0719-4221108" if station.area_id == home.area_id else "",
            by=cast.clerk,
        )


def set_passwords() -> None:
    """Everybody in the demo has the same password, hashed once: it is printed anyway."""
    User.objects.update(password=make_password(PASSWORD))
