"""提、审: the verbs of who raises, signs and reviews."""

from collections.abc import Mapping
from uuid import NAMESPACE_OID, uuid5

from proposals.actions import drafting, invitations, review, signing, submission
from proposals.models import Proposal, RefusalGround
from proposals.states import Kind, State
from tests import make
from tests.deputies.walk import photo
from tests.proposals import cast, stages, walk
from tests.proposals.verbs import Again, Verb

LATER = walk.REPLIED_ON


def raised(verb):
    """The same form, sent by whom it may."""

    def do(_, by):
        said = walk.words() | {"kind": Kind.SESSION, "session": make.session()}
        token = uuid5(NAMESPACE_OID, f"{verb.__name__} {by.user.pk}")
        lead = cast.deputy_of(by)
        return verb(lead=lead, by=by, today=walk.SUBMITTED_ON, token=token, **said)

    return do


def saves_draft(_, by):
    return drafting.save_draft(
        deputy=cast.deputy_of(by),
        token=uuid5(NAMESPACE_OID, f"draft {by.user.pk}"),
        typed=drafting.Typed(title="关于修桥"),
        by=by,
    )


def changed(row):
    """The words of the proposal with one more fact."""
    return {"title": row.title, "facts": f"{row.facts}去年又断了。", "request": row.request}


def other_than(row):
    """Another one that waits for its units."""
    others = Proposal.objects.filter(state=State.ACCEPTED).exclude(pk=row.pk)
    return others.order_by("pk").last() or row


RAISED: Mapping[str, Verb] = {
    "submission.submit": Verb(
        raised(submission.submit),
        cast.DEPUTIES,
        ("建议由代表本人提出，请用代表自己的账号登录。",),
        again=Again.SAME,
    ),
    "submission.call_for_signatures": Verb(
        raised(submission.call_for_signatures),
        cast.DEPUTIES,
        ("建议由代表本人提出，请用代表自己的账号登录。",),
        again=Again.SAME,
    ),
    "submission.hand_in": Verb(
        lambda row, by: submission.hand_in(row, by=by, today=walk.SUBMITTED_ON),
        cast.LEAD,
        ("建议由领衔代表本人正式提出。",),
        stages.PROPOSALS,
        ("signing",),
    ),
    "submission.reword": Verb(
        lambda row, by: submission.reword(row, **changed(row), by=by, today=walk.SUBMITTED_ON),
        cast.LEAD,
        ("正文由领衔代表本人修改。",),
        stages.PROPOSALS,
        ("signing",),
        Again.SAME,
    ),
    "submission.resubmit": Verb(
        lambda row, by: submission.resubmit(row, **changed(row), by=by, today=walk.SUBMITTED_ON),
        cast.LEAD,
        ("退回的建议由领衔代表本人修改。",),
        stages.PROPOSALS,
        ("returned",),
    ),
    "submission.withdraw": Verb(
        lambda row, by: submission.withdraw(row, reason="已经解决。", by=by, today=LATER),
        cast.LEAD,
        ("建议由领衔代表本人撤回。",),
        stages.PROPOSALS,
        ("submitted", "signing", "returned", "accepted", "rehearsed", "merged", "assigned"),
    ),
    "signing.cosign": Verb(
        lambda row, by: signing.cosign(
            row, deputy=cast.deputy_of(by), by=by, today=walk.SUBMITTED_ON
        ),
        cast.OTHER_DEPUTY,
        (
            "附议由代表本人办理，请用代表自己的账号登录。",
            "这件建议由您领衔，不用再附议。",
            "您已经附议过这件建议。",
        ),
        stages.PROPOSALS,
        ("signing", "submitted"),
    ),
    "signing.withdraw_signature": Verb(
        lambda row, by: signing.withdraw_signature(row, by=by),
        cast.SIGNER,
        ("附议由本人撤回。",),
        stages.SIGNATURES,
        ("standing",),
    ),
    "invitations.invite": Verb(
        lambda row, by: invitations.invite(
            row, deputies=[cast.uninvited(row)], by=by, today=walk.SUBMITTED_ON
        ),
        cast.LEAD,
        ("附议由领衔代表本人邀请。",),
        stages.PROPOSALS,
        ("signing", "submitted"),
    ),
    "invitations.decline": Verb(
        lambda row, by: invitations.decline(row, by=by),
        cast.ASKED,
        ("邀请由受邀的代表本人答复。",),
        stages.INVITATIONS,
        ("asked",),
    ),
    "invitations.withdraw_invitation": Verb(
        lambda row, by: invitations.withdraw_invitation(row, by=by),
        cast.LEAD,
        ("邀请由领衔代表本人取消。",),
        stages.INVITATIONS,
        ("asked",),
    ),
    "drafting.save_draft": Verb(
        saves_draft,
        cast.DEPUTIES,
        ("草稿由代表本人保存，请用代表自己的账号登录。",),
        again=Again.SAME,
    ),
    "drafting.discard_draft": Verb(
        lambda row, by: drafting.discard_draft(row, by=by),
        cast.LEAD,
        ("草稿只有写的人自己能改。",),
        stages.OWN_DRAFTS,
        ("written",),
    ),
    "drafting.attach": Verb(
        lambda row, by: drafting.attach(row, files=[("桥.jpg", photo())], by=by),
        cast.LEAD,
        ("草稿只有写的人自己能改。",),
        stages.OWN_DRAFTS,
        ("written",),
        Again.SAME,
    ),
    "drafting.detach": Verb(
        lambda row, by: drafting.detach(row, by=by),
        cast.LEAD,
        ("草稿只有写的人自己能改。", "附件由领衔代表本人删。"),
        stages.ATTACHMENTS,
        ("in a draft", "of a returned one"),
    ),
    "review.accept": Verb(
        lambda row, by: review.accept(row, by=by, today=walk.ACCEPTED_ON),
        cast.OFFICE,
        ("只有代工委可以受理建议。",),
        stages.PROPOSALS,
        ("submitted",),
    ),
    "review.split": Verb(
        lambda row, by: review.split(row, asks=["加固护栏。", "装上路灯。"], by=by),
        cast.OFFICE,
        ("只有代工委可以拆分请求。",),
        stages.PROPOSALS,
        ("accepted",),
        Again.SAME,
    ),
    "review.send_back": Verb(
        lambda row, by: review.send_back(row, reason="请写清是哪一座桥。", by=by),
        cast.OFFICE,
        ("只有代工委可以退回建议。",),
        stages.PROPOSALS,
        ("submitted",),
    ),
    "review.refuse": Verb(
        lambda row, by: review.refuse(
            row, ground=RefusalGround.objects.first(), words="属于检察院。", by=by
        ),
        cast.OFFICE,
        ("只有代工委可以不予受理建议。",),
        stages.PROPOSALS,
        ("submitted",),
    ),
    "review.treat_as_letter": Verb(
        lambda row, by: review.treat_as_letter(row, words="转县信访局。", by=by),
        cast.OFFICE,
        ("只有代工委可以转作来信建议。",),
        stages.PROPOSALS,
        ("submitted",),
    ),
    "review.merge": Verb(
        lambda row, by: review.merge(row, into=other_than(row), by=by),
        cast.OFFICE,
        ("只有代工委可以并案。",),
        stages.PROPOSALS,
        ("accepted",),
    ),
    "review.unmerge": Verb(
        lambda row, by: review.unmerge(row, by=by),
        cast.OFFICE,
        ("只有代工委可以分开办理。",),
        stages.PROPOSALS,
        ("merged",),
    ),
}
