"""Chapter: what deputies have raised in these days and nobody has looked at yet."""

from datetime import timedelta

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from proposals.actions import submission
from proposals.permissions.submission import sits
from proposals.queries.deputies import session_for
from proposals.states import Kind

RAISED = (
    (
        "关于疏浚城区河道淤积河段的建议",
        "连续三年汛期漫堤，最深处淤了 1.5 米。",
        "清淤 3 公里。",
        "",
    ),
    ("关于规范校外托管机构的建议", "多数托管点没有食品经营许可。", "联合整治。\n公布名单。", ""),
    ("关于清理城区河道淤积的建议", "河道淤积，夏天有异味。", "汛期前清完。", ""),
    (
        "关于帮助困难家庭子女就学的建议",
        "两户困难家庭的孩子面临失学。",
        "落实资助政策。",
        "涉及未成年人，请不要公开。",
    ),
)
DAYS_AGO = 5


def tell(cast: Cast) -> None:
    """Four wait for the review: two of one matter, and one that asks not to be shown."""
    day = cast.today - timedelta(days=DAYS_AGO)
    session = session_for(cast.deputies[0], day)
    if session is None:
        return
    known = (cast.star, cast.second)
    able = [each for each in cast.deputies if each not in known and sits(each, session, day)]
    for number, (title, facts, request, private) in enumerate(RAISED):
        lead, on = able[20 + number], day + timedelta(days=number)
        with clock.at(moment(on, 10)):
            submission.submit(
                lead=lead,
                kind=Kind.INTERSESSION,
                session=session,
                title=title,
                facts=facts,
                request=request,
                confidentiality_asked=private,
                by=cast.actors[lead.pk],
                today=on,
            )
