"""What wants a second look: duties entered on behalf, told twice, late, and a photo used again."""

from datetime import date, timedelta
from io import BytesIO

from PIL import Image

from congress.home.demo.cast import Cast, as_actor, moment
from congress.home.demo.photos import photo, read
from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Post
from congress.shared.roles import Role
from deputies.actions import duties, on_behalf
from deputies.actions.photos import Photo
from deputies.models import Deputy, DutyItem, DutyRecord
from stations.actions import events
from stations.actions.events import Mark

REASON = "当时住院，没有登记，村里能证明。"
SHOWN = 7
"""The number of the picture that two deputies use."""


def leave_for_a_second_look(cast: Cast) -> None:
    """For the day the county is opened: one of each, waiting for whoever must look."""
    if cast.star is None or cast.second is None:
        return
    days = [cast.today - timedelta(days=days) for days in (6, 5, 4, 3, 2)]
    _told_by_both(cast, cast.second, days[0])
    _shown_by_two(cast, days[1])
    _entered(cast, cast.star, days[2], cast.townships[_area(cast.star, cast)])
    _entered_late(cast, days[3])


def _area(deputy: Deputy, cast: Cast) -> int:
    groups = {group.pk: group.area_id for group in cast.groups}
    return next(groups[pk] for pk, members in cast.members.items() if deputy in members)


def _report(deputy: Deputy, code: str, day: date, words: str, shown: Photo, by: Actor) -> None:
    duties.report(
        deputy,
        item=DutyItem.objects.get(code=code),
        done_on=day,
        quantity=1,
        place="桃园村",
        note=words,
        photos=[shown],
        token=f"second-look-{deputy.pk}-{code}",
        by=by,
    )


def _told_by_both(cast: Cast, deputy: Deputy, day: date) -> None:
    """The deputy reports an outing as one of their own choice, the convenor as the group's."""
    group = next(g for g in cast.groups if deputy in cast.members[g.pk])
    with clock.at(moment(day, 18)):
        words = "和组员一起察看桃园村水渠"
        _report(deputy, "A3", day, words, photo(3), cast.actors[deputy.pk])
    with clock.at(moment(day + timedelta(days=1), 9)):
        events.roll_call(
            item=DutyItem.objects.get(code="A2"),
            title="察看桃园村水渠",
            held_on=day,
            place="桃园村",
            group=group,
            marks={member.pk: Mark() for member in cast.members[group.pk]},
            by=cast.convenors[group.pk],
        )


def _shown_by_two(cast: Cast, day: date) -> None:
    """Two deputies show one photo, the second a little cropped and sent on."""
    pair = [d for d in cast.deputies if d.pk in cast.actors and d not in (cast.star, cast.second)]
    pictures = (photo(SHOWN), _sent_on(photo(SHOWN)))
    for deputy, shown in zip(pair[:2], pictures, strict=True):
        with clock.at(moment(day, 19)):
            words = "到茶园听取加工户意见"
            _report(deputy, "C3", day, words, shown, cast.actors[deputy.pk])


def _sent_on(shown: Photo) -> Photo:
    with Image.open(BytesIO(shown.content)) as image:
        wide, high = image.size
        return read(image.crop((8, 6, wide - 8, high - 6)))


def _enter(deputy: Deputy, day: date, by: Actor, number: int, reason: str = "") -> DutyRecord:
    return on_behalf.enter(
        deputy,
        item=DutyItem.objects.get(code="C2"),
        done_on=day,
        quantity=3,
        place="龙井村",
        note="看望三户茶农，记下两条意见",
        photos=[photo(number)],
        token=f"second-look-{deputy.pk}",
        late_reason=reason,
        by=by,
    )


def _entered(cast: Cast, deputy: Deputy, day: date, by: Actor) -> None:
    """The township enters a visit, and the deputy has not yet said that it is so."""
    with clock.at(moment(day, 16)):
        _enter(deputy, day, by, 11)


def _entered_late(cast: Cast, day: date) -> None:
    """Of last year, confirmed by the deputy, waiting for the director."""
    posts = Post.objects.filter(
        role=Role.DEPUTY,
        user__deputy__mandates__term__assembly__level__code="township",
        user__deputy__mandates__to_on=None,
    )
    known = posts.exclude(user__deputy__in=[cast.star, cast.second])
    post = known.select_related("user__deputy", "organisation").order_by("user").first()
    if post is None:
        return
    with clock.at(moment(day, 10)):
        deputy = post.user.deputy
        record = _enter(deputy, date(day.year - 1, 11, 18), cast.clerk, 12, REASON)
        record = on_behalf.confirm(record, by=as_actor(post))
        duties.check(record, by=cast.registrar)
