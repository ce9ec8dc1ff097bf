"""What happens in the story, chapter by chapter, with all that may go another way."""

from datetime import date

from congress.shared.models import Workday
from proposals.actions import (
    assignment,
    clocks,
    deliveries,
    drafting,
    invitations,
    meetings,
    objections,
    receiving,
    review,
    sheets,
    signing,
    submission,
)
from proposals.models import RefusalGround, Sheet
from proposals.queries.due_changes import due_changes, seal_of
from proposals.sharing import Share
from proposals.states import Kind, Stage, UnitRole
from tests import make
from tests.proposals import walk
from tests.proposals.sheets import DRAWN_ON

UNITS = (
    *("县交通运输局", "县农业农村局", "县财政局", "县水利和湖泊局", "县教育局"),
    *("县自然资源和规划局", "县司法局"),
)
ROADS, FARMS, MONEY, WATER, SCHOOLS, LAND, LAWS = UNITS
HANDED_ON = walk.ASSIGNED_ON
RATED = "过程说得过去结果没有下文"
KEPT_BACK = "答复涉及企业的商业秘密"


def raised(told):
    """提: signed, reworded, signed again, run out, handed in, sent back, mended."""
    lead, text = make.as_deputy(told.lead), walk.words("关于修复桃园村过水桥的建议")
    draft = walk.draft(told.lead)
    photo = walk.attachment(draft)
    row = told.does(
        submission.call_for_signatures,
        token=draft.token,
        lead=told.lead,
        kind=Kind.INTERSESSION,
        session=make.session(),
        by=lead,
        today=date(2026, 1, 5),
        **text,
    )
    told.rows["main"] = row.pk

    def signs(deputy, on):
        by = make.as_deputy(deputy)
        return told.does(signing.cosign, row, deputy=deputy, by=by, today=on)

    def asks(deputy):
        make.as_deputy(deputy)
        said = {"deputies": [deputy], "by": lead, "today": date(2026, 1, 5)}
        return told.does(invitations.invite, row, **said)[0]

    asks(told.leaver)
    told.does(invitations.decline, asks(told.other), by=make.as_deputy(told.other))
    told.does(invitations.withdraw_invitation, asks(told.third), by=lead)
    signs(told.leaver, date(2026, 1, 5))
    text["facts"] = "桥建于 1996 年，护栏断了 6 米。"
    told.does(submission.reword, row, by=lead, today=date(2026, 1, 6), **text)
    signs(told.third, date(2026, 1, 6))
    leaves = signs(told.leaver, date(2026, 1, 6))
    told.does(signing.withdraw_signature, leaves, by=make.as_deputy(told.leaver))
    told.does(submission.reword, row, by=lead, today=date(2026, 1, 20), **text)
    told.does(submission.reword, row, by=lead, today=date(2026, 2, 2), **text)
    signs(told.signer, date(2026, 2, 3))
    signs(told.goer, date(2026, 2, 3))
    make.leaves(told.goer, date(2026, 2, 8))
    told.does(submission.hand_in, row, by=lead, today=date(2026, 2, 9))
    told.does(review.send_back, row, reason="写清是哪一座桥", by=told.office)
    told.does(drafting.detach, photo, by=lead)
    walk.adds_photos(told.row("main"), "red")
    told.does(submission.resubmit, row, by=lead, today=date(2026, 2, 10), **text)


def reviewed(told):
    """审: accepted, split, merged, parted, merged again; one refused, one a letter, one hidden."""
    for name in ("twin", "moved", "slow", "away", "hidden", "refused", "letter", "beside"):
        title = f"关于{name}这件事的建议"
        told.rows[name] = told.does(walk.submitted, told.other, title=title).pk
    for name in ("main", "twin", "moved", "slow", "away", "beside"):
        told.does(review.accept, told.row(name), by=told.office, today=date(2026, 2, 11))
    secret = {"withheld_reason": "涉及个人隐私", "by": told.office, "today": date(2026, 2, 11)}
    told.does(review.accept, told.row("hidden"), **secret)
    told.does(review.split, told.row("main"), asks=["加固桥上的护栏。"], by=told.office)
    twin = told.row("twin")
    told.does(review.merge, twin, into=told.row("main"), by=told.office)
    told.does(review.unmerge, twin, by=told.office)
    asked = {"deputies": [told.signer], "by": make.as_deputy(told.other)}
    told.does(invitations.invite, told.row("letter"), today=date(2026, 2, 10), **asked)
    ground = RefusalGround.objects.first()
    words = "这是法院正在审理的案子"
    told.does(review.refuse, told.row("refused"), ground=ground, words=words, by=told.office)
    told.does(review.treat_as_letter, told.row("letter"), words="转信访局答复", by=told.office)


def lines(told, *names):
    return [(told.row(name), [Share(make.unit(ROADS), UnitRole.LEAD)]) for name in names]


def sheet(told, name, *names):
    what = {"session": make.session(), "name": name, "lines": lines(told, *names)}
    return told.does(sheets.draw_up_sheet, by=told.office, today=DRAWN_ON, **what)


def objects(told, name, unit, *, on, to=SCHOOLS):
    part = told.part(name, unit)
    return told.does(
        objections.object_to,
        part,
        better_unit=make.unit(to),
        reason=f"{name}不归{unit}管",
        by=told.clerk(unit),
        today=on,
    )


def dismisses(told, objection, on):
    by = {"by": told.office, "today": on}
    told.does(objections.dismiss_objection, objection, words=f"第 {objection.pk} 件照旧", **by)


def holiday(day):
    """One that was announced late."""
    Workday.objects.update_or_create(on=day, defaults={"works": False, "reason": "补假"})


def recomputes(told, today):
    told.does(clocks.recompute, seal=seal_of(due_changes(today)), by=told.office, today=today)


def rehearsed(told):
    """预交办: heard, objected to, changed; one sheet dropped, another settled."""
    on = {"by": told.office, "today": DRAWN_ON}
    first = sheet(told, "收回的交办单", "main")
    main, shares = lines(told, "main")[0]
    shares = [share._replace(months=6) for share in shares]
    told.does(sheets.change_share, first, proposal=main, shares=shares, **on)
    told.does(sheets.rehearse, first, **on)
    dismisses(told, objects(told, "main", ROADS, on=DRAWN_ON), DRAWN_ON)
    told.does(sheets.drop_sheet, first, reason="分工要重新商量", **on)
    told.does(sheets.drop_sheet, sheet(told, "没给单位看的交办单", "main"), **on)
    second = sheet(told, "定稿的交办单", "slow")
    told.does(sheets.rehearse, second, **on)
    holiday(Sheet.objects.get(pk=second.pk).object_until)
    recomputes(told, DRAWN_ON)
    told.does(deliveries.remind, [told.part("slow", ROADS)], **on)
    told.does(sheets.settle, second, by=told.office, today=HANDED_ON)


def handed(told):
    """交: received, handed on, objected to twice: one part stays, another goes elsewhere."""
    roles = (
        *((ROADS, UnitRole.LEAD), (FARMS, UnitRole.JOINT), (MONEY, UnitRole.ASSISTING)),
        *((LAND, UnitRole.JOINT), (LAWS, UnitRole.ASSISTING)),
    )
    shares = [Share(make.unit(unit), role) for unit, role in roles]
    twin, on = told.row("twin"), {"by": told.office, "today": HANDED_ON}
    told.does(review.merge, twin, into=told.row("main"), by=told.office)
    told.does(review.merge, told.row("beside"), into=told.row("moved"), by=told.office)
    told.does(assignment.assign, told.row("main"), shares=shares, **on)
    for name, some in (("moved", shares[:1]), ("away", shares[:1]), ("hidden", shares[:3:2])):
        told.does(assignment.assign, told.row(name), shares=some, **on)
    told.does(deliveries.remind, [told.part("main", FARMS)], **on)
    for unit in (ROADS, MONEY):
        told.does(receiving.receive, told.part("main", unit), by=told.clerk(unit))
    to = {"to": told.heads[ROADS].user, "by": told.clerk(ROADS), "today": HANDED_ON}
    told.does(receiving.hand_on, told.part("main", ROADS), **to)
    dismisses(told, objects(told, "main", MONEY, on=HANDED_ON), HANDED_ON)
    objection = objects(told, "moved", ROADS, on=HANDED_ON, to=WATER)
    words = {"unit": make.unit(WATER), "words": "渠道归水利"}
    told.does(objections.uphold_objection, objection, **words, **on)
    dismisses(told, objects(told, "moved", WATER, on=HANDED_ON), HANDED_ON)
    objection = objects(told, "hidden", MONEY, on=HANDED_ON)
    late = {"unit": make.unit(SCHOOLS), "words": "归教育", "today": date(2026, 5, 20)}
    told.does(objections.uphold_objection, objection, by=told.office, **late)


def met(told):
    """三见面: each taken back, denied, then borne out; all waived elsewhere, or excused."""
    part, lead = told.part("main", ROADS), make.as_deputy(told.lead)
    for stage in Stage:
        how = {
            "stage": stage,
            "met_on": walk.MET_ON[stage],
            "people": "单位 2 人",
            "said": "看了桥",
            "by": told.clerk(ROADS),
            "today": walk.REPLIED_ON,
        }
        slip = told.does(meetings.record_meeting, part, place=f"{stage.value}记错处", **how)
        told.does(meetings.take_back_meeting, slip, by=told.clerk(ROADS), today=walk.REPLIED_ON)
        wrong = told.does(meetings.record_meeting, part, place=f"{stage.value}空谈处", **how)
        words = f"{stage.value}那天没有来"
        told.does(meetings.deny_meeting, wrong, words=words, by=lead, today=walk.REPLIED_ON)
        again = told.does(meetings.record_meeting, part, place=f"{stage.value}桥头", **how)
        told.does(meetings.confirm_meeting, again, by=lead)
        _excused(told, stage)
        waived = {"stage": stage, "reason": f"{stage.value}电话说过", "today": walk.REPLIED_ON}
        slow = told.part("slow", ROADS)
        told.does(meetings.waive_meeting, slow, by=make.as_deputy(told.other), **waived)


def _excused(told, stage):
    """What its deputy denies of the withheld one, the office excuses."""
    part, on = told.part("hidden", ROADS), {"today": walk.REPLIED_ON}
    how = {"stage": stage, "met_on": walk.MET_ON[stage], "people": "单位 2 人", "said": "看了桥"}
    place, by = f"{stage.value}无人处", told.clerk(ROADS)
    wrong = told.does(meetings.record_meeting, part, place=place, by=by, **how, **on)
    words, lead = f"{stage.value}没有等到", make.as_deputy(part.proposal.lead)
    told.does(meetings.deny_meeting, wrong, words=words, by=lead, **on)
    reason = f"{stage.value}约不成"
    told.does(meetings.excuse_meeting, part, stage=stage, reason=reason, by=told.office, **on)


def timed(told):
    """时限: stopped, started, lengthened, refused, moved by a holiday."""
    part, slow = told.part("main", ROADS), told.part("slow", ROADS)
    on, office = {"today": walk.REPLIED_ON}, {"by": told.office, "today": walk.REPLIED_ON}
    reason = {"reason": "等市里批复规划", "agreed_with": "领衔代表"}
    for each in (part, told.part("hidden", ROADS)):
        told.does(clocks.pause, each, from_on=date(2026, 3, 20), **reason, **office)
        told.does(clocks.resume, each, until_on=date(2026, 3, 30), **office)
    for each, months in ((part, 2), (slow, 1)):
        asked = told.does(
            clocks.ask_extension,
            each,
            months=months,
            reason=f"{months} 个月的汛期不能施工",
            by=told.clerk(ROADS),
            **on,
        )
        lead = make.as_deputy(told.lead if each == part else told.other)
        if each == part:
            told.does(clocks.consent_extension, asked, by=lead)
            told.does(clocks.grant_extension, asked, words="汛期属实", **office)
        else:
            told.does(clocks.decline_extension, asked, by=lead)
            told.does(clocks.refuse_extension, asked, words="请按期办结", **office)
    holiday(told.row("main").due_on)
    recomputes(told, office["today"])
