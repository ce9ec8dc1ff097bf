"""Chapter: one township's congress has met; its office reviews, its government handles."""

from datetime import date, timedelta

from congress.home.demo.cast import Cast, as_actor, moment
from congress.home.demo.people import newcomer
from congress.shared import clock
from congress.shared.actors import SYSTEM
from congress.shared.models import Area, Assembly, Organisation, Post, Session, Term
from congress.shared.models.places import TOWNSHIP, OrganisationKind
from congress.shared.roles import Role
from deputies.actions import accounts
from deputies.models import Deputy
from proposals.actions import review, submission
from proposals.models import Proposal
from proposals.states import Kind

OPENED_ON, CLOSED_ON = date(2026, 1, 6), date(2026, 1, 7)
RAISED = (
    ("关于镇区农贸市场增设公共厕所的建议", "赶集日两千多人，只有一处旱厕。"),
    ("关于村级饮水池定期清洗消毒的建议", "七口水池三年没有清洗过，雨后水发黄。"),
    ("关于镇区背街加装路灯的建议", "学生下晚自习要走四百米黑路。"),
)
REQUEST = "请镇政府查清情况。\n今年先办最急的一处。"
DAYS_AGO = 6


def tell(cast: Cast) -> None:
    """Three raised in the first township: one is numbered, two wait for its office."""
    area, clerk = next(iter(cast.townships.items()))
    place = Assembly.objects.get(area=Area.objects.get(pk=area), level__code=TOWNSHIP)
    _government(place.area)
    day = cast.today - timedelta(days=DAYS_AGO)
    term = Term.objects.current(place, day)
    session = Session.objects.create(term=term, number=5, opens_on=OPENED_ON, closes_on=CLOSED_ON)
    people = list(Deputy.objects.sitting_in(place, day).in_name_order()[: len(RAISED)])
    accounts.open_accounts(people, by=SYSTEM, today=day)
    first, *_ = [_raised(session, *each, day) for each in zip(people, RAISED, strict=False)]
    with clock.at(moment(day, 15)):
        review.accept(first, by=clerk, today=day)


def _government(area: Area) -> None:
    """承办单位 of the township itself, with who handles there and who signs."""
    unit = Organisation.objects.create(
        kind=OrganisationKind.UNIT,
        name=f"{area.name}人民政府",
        short_name=f"{area.name}政府",
        area=area,
        position=Organisation.objects.units().count() + 1,
        phone="0719-4229918",
    )
    newcomer("zhengfu", "祝小兰", unit, Role.UNIT_CLERK)
    newcomer("zhenzhang", "向文涛", unit, Role.UNIT_HEAD)


def _raised(session: Session, lead: Deputy, words: tuple[str, str], day: date) -> Proposal:
    title, facts = words
    post = Post.objects.select_related("user", "organisation").get(
        role=Role.DEPUTY, user__deputy=lead, to_on=None
    )
    with clock.at(moment(day, 10)):
        return submission.submit(
            lead=lead,
            kind=Kind.INTERSESSION,
            session=session,
            title=title,
            facts=facts,
            request=REQUEST,
            by=as_actor(post),
            today=day,
        )
