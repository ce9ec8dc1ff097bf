"""Chapter three and a half: what is being written, signed, mended and decided in these days."""

from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from congress.home.demo import photos
from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from congress.shared.models import Session
from deputies.models import Deputy
from proposals.actions import drafting, invitations, review, signing, submission
from proposals.actions.drafting import File
from proposals.models import Proposal, RefusalGround
from proposals.permissions.submission import sits
from proposals.queries.deputies import session_for
from proposals.states import Kind

ASKED_ON, SIGNED_ON, DECIDED_ON = date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 19)
BRIDGE = "关于加固柳林乡白河口村过水桥的建议"
MORE = {
    "facts": "群众反映了两年，代表小组 11 月到现场看过，东侧桥墩的基础被水掏空，情况属实。",
    "request": "今年先把东侧桥墩加固好，加固以前限载。\n其余列入明年计划。",
}
TWINS = ("关于城区背街小巷加装路灯的建议", "关于城关镇背街小巷加装路灯的建议")


def tell(cast: Cast) -> None:
    """A text that gathers signatures, drafts, one sent back, one refused, a letter, two as one."""
    session = session_for(cast.deputies[0], ASKED_ON)
    if session is None or cast.today < DECIDED_ON:
        return
    known = (cast.star, cast.second)
    able = [each for each in cast.deputies if each not in known and sits(each, session, ASKED_ON)]
    first, second, third, fourth, *signers = able[4:10]
    _gathers(cast, session, first, signers)
    if cast.star:
        _writes(cast, cast.star)
        mends = _raised(cast, session, cast.star, "关于完善乡村公交的建议")
        with clock.at(moment(DECIDED_ON, 9)):
            review.send_back(mends, reason="请写清是哪几条线路。", by=cast.registrar)
    with clock.at(moment(DECIDED_ON, 10)):
        refused = _raised(cast, session, second, "关于重新审理一起宅基地纠纷的建议")
        ground = RefusalGround.objects.order_by("position")[0]
        words = "案件正在法院审理，请按诉讼程序反映。"
        review.refuse(refused, ground=ground, words=words, by=cast.registrar)
        letter = _raised(cast, session, third, "关于我家门前水沟的建议")
        words = "属于个人诉求，已转县信访局办理。"
        review.treat_as_letter(letter, words=words, by=cast.registrar)
    pair = [
        _raised(cast, session, who, title)
        for who, title in zip((third, fourth), TWINS, strict=True)
    ]
    with clock.at(moment(DECIDED_ON, 11)):
        into, one = (review.accept(each, by=cast.registrar, today=DECIDED_ON) for each in pair)
        review.merge(one, into=into, by=cast.registrar)


def _words(title: str) -> dict[str, Any]:
    return {
        "title": title,
        "facts": "群众反映了两年，代表小组到现场看过，情况属实。",
        "request": "今年先把最急的一段办好。\n其余列入明年计划。",
    }


def _raised(cast: Cast, session: Session, lead: Deputy, title: str) -> Proposal:
    with clock.at(moment(ASKED_ON, 10)):
        return submission.submit(
            lead=lead,
            kind=Kind.INTERSESSION,
            session=session,
            by=cast.actors[lead.pk],
            today=ASKED_ON,
            token=uuid5(NAMESPACE_URL, title),
            **_words(title),
        )


def _gathers(cast: Cast, session: Session, lead: Deputy, signers: list[Deputy]) -> None:
    """Open to signatures, with a photo and a paper; changed once, and not signed anew by all."""
    token, by = uuid5(NAMESPACE_URL, BRIDGE), cast.actors[lead.pk]
    with clock.at(moment(ASKED_ON, 14)):
        typed = drafting.Typed(**_words(BRIDGE))
        draft = drafting.save_draft(deputy=lead, token=token, typed=typed, by=by)
        picture, paper = photos.photo(509), photos.report()
        files: list[tuple[str, File]] = [("过水桥.jpg", picture), ("检测记录.pdf", paper)]
        drafting.attach(draft, files=files, by=by)
    with clock.at(moment(ASKED_ON, 15)):
        proposal = submission.call_for_signatures(
            lead=lead,
            kind=Kind.INTERSESSION,
            session=session,
            by=by,
            today=ASKED_ON,
            token=token,
            **_words(BRIDGE),
        )
    known = [each.pk for each in (cast.star, cast.second) if each]
    people = [Deputy.objects.get(pk=pk) for pk in known]  # with the accounts they have by now
    guests = [each for each in people if sits(each, session, ASKED_ON)]
    with clock.at(moment(SIGNED_ON, 9)):
        _sign(cast, proposal, [*signers, *guests[:1]])
    with clock.at(moment(SIGNED_ON, 11)):
        submission.reword(proposal, **_words(BRIDGE) | MORE, by=by, today=SIGNED_ON)
    with clock.at(moment(SIGNED_ON, 15)):
        last, *others = signers
        _sign(cast, proposal, others)
        asked = invitations.invite(proposal, deputies=[last, *guests[1:]], by=by, today=SIGNED_ON)
        invitations.decline(asked[0], by=cast.actors[last.pk])


def _sign(cast: Cast, proposal: Proposal, signers: list[Deputy]) -> None:
    for deputy in signers:
        signing.cosign(proposal, deputy=deputy, by=cast.actors[deputy.pk], today=SIGNED_ON)


def _writes(cast: Cast, deputy: Deputy) -> None:
    """Half a proposal, to be finished."""
    typed = drafting.Typed(title="关于增设农村电动车充电桩的建议", facts="村里有 120 多辆电动车。")
    with clock.at(moment(SIGNED_ON, 20)):
        drafting.save_draft(
            deputy=deputy,
            token=uuid5(NAMESPACE_URL, "draft"),
            typed=typed,
            by=cast.actors[deputy.pk],
        )
