"""Chapter: matters that come again; some of them people have judged, some wait for it."""

from datetime import date
from uuid import NAMESPACE_URL, uuid5

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from proposals.actions import recurring, review, submission
from proposals.models import Proposal
from proposals.permissions.submission import sits
from proposals.queries import likeness
from proposals.queries.deputies import session_for
from proposals.recurring import Likeness
from proposals.states import Kind

MARKET = "北关菜市场升级改造"
TITLE = "关于加快北关菜市场升级改造的建议"
JUDGED = (
    ("建设便民菜市场、提升群众获得感", MARKET, Likeness.PARTLY, "都要改菜市场，不是同一处"),
    (TITLE, MARKET, Likeness.CONTINUATION, "接着去年没办完的提"),
    ("关于提高协管员工资待遇的建议", "关于提高村组干部工资待遇", Likeness.APART, "不是同一批人"),
)
RAISED_ON, ACCEPTED_ON = date(2026, 11, 9), date(2026, 11, 12)


def tell(cast: Cast) -> None:
    """One market comes again, one pair is partly the same, one is told apart; the rest waits."""
    session = session_for(cast.deputies[0], RAISED_ON)
    earlier = Proposal.objects.filter(title=MARKET).first()
    if session is None or earlier is None or cast.today < ACCEPTED_ON:
        return
    known = (cast.star, cast.second)
    lead = next(d for d in cast.deputies[30:] if d not in known and sits(d, session, RAISED_ON))
    with clock.at(moment(RAISED_ON, 9)):
        again = submission.submit(
            lead=lead,
            kind=Kind.INTERSESSION,
            session=session,
            continues=earlier,
            by=cast.actors[lead.pk],
            today=RAISED_ON,
            token=uuid5(NAMESPACE_URL, TITLE),
            title=TITLE,
            facts="去年提过，棚子搭了一半，下雨天菜摊还在路边。",
            request="把北关菜市场没改完的一半改完。",
        )
    with clock.at(moment(ACCEPTED_ON, 9)):
        review.accept(again, by=cast.registrar, today=ACCEPTED_ON)
        for title, other, kind, note in JUDGED:
            row, its = (Proposal.objects.filter(title=each).first() for each in (title, other))
            if row and its:
                by = cast.registrar
                recurring.confirm_likeness(row, other=its, kind=kind, note=note, by=by)
    texts, seal = likeness.seal()
    recurring.keep_resemblances(list(likeness.pairs()), texts=texts, seal=seal)
