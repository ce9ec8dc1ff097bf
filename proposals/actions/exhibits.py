"""依据材料: pictures beside one ask of a draft, which go out with the answer as it is signed."""

import secrets
from collections.abc import Mapping, Sequence

from django.core.files.base import ContentFile
from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.workflow import lock, record, refuse_if
from deputies.actions.photos import Photo
from proposals.actions.keeping import drop
from proposals.models import DraftExhibit, Exhibit, Reply, ReplyDraft
from proposals.permissions.exhibits import why_not_add_exhibits, why_not_remove_exhibit

Pictures = Mapping[int, Sequence[tuple[str, Photo]]]
"""By ask, each picture with the name it was sent under."""


@transaction.atomic
def add_exhibits(draft: ReplyDraft, *, pictures: Pictures, by: Actor) -> list[DraftExhibit]:
    """加依据材料: drawn anew, the same picture once for each ask; it makes a new edition."""
    lock(draft.assignment)  # the part first, as whoever saves the words does
    draft = lock(draft)
    known = set(draft.exhibits.values_list("ask", "digest"))
    new = {
        (ask, photo.sha256): (name, photo)
        for ask, sent in pictures.items()
        for name, photo in sent
        if (ask, photo.sha256) not in known
    }
    counts = {ask: sum(one == ask for one, _ in new) for ask in pictures}
    refuse_if(why_not_add_exhibits(by, draft, counts))
    if not new:
        return []
    _new_edition(draft, by, f"加 {len(new)} 张依据材料")
    return [_keep(draft, ask, name, photo, by) for (ask, _), (name, photo) in new.items()]


def _keep(draft: ReplyDraft, ask: int, name: str, photo: Photo, by: Actor) -> DraftExhibit:
    kept = DraftExhibit(
        draft=draft, ask_id=ask, name=name[:80], digest=photo.sha256, added_by=by.user
    )
    content = ContentFile(photo.content)
    kept.file.save(f"{secrets.token_urlsafe(24)}.jpg", content, save=False)
    kept.save(force_insert=True)
    return kept


@transaction.atomic
def remove_exhibit(exhibit: DraftExhibit, *, by: Actor) -> None:
    """删依据材料: gone from the draft, its file too; it makes a new edition."""
    lock(exhibit.draft.assignment)
    draft = lock(exhibit.draft)
    exhibit = lock(exhibit)
    refuse_if(why_not_remove_exhibit(by, exhibit))
    _new_edition(draft, by, "删 1 张依据材料")
    drop(exhibit)


def _new_edition(draft: ReplyDraft, by: Actor, what: str) -> None:
    """Whoever has signed the edition before has not signed this one."""
    draft.edition += 1
    draft.save(update_fields=["edition"])
    record(draft, "draft_saved", by=by, note=f"{what}，成为第 {draft.edition} 稿。")


def issue_exhibits(reply: Reply, draft: ReplyDraft) -> None:
    """What stood beside the asks of the signed draft stands beside the answers for ever."""
    answers = {each.ask_id: each for each in reply.answers.all()}
    Exhibit.objects.bulk_create(
        Exhibit(
            answer=answers[each.ask_id],
            name=each.name,
            file=each.file.name,
            digest=each.digest,
            added_by=each.added_by,
            added_at=each.added_at,
        )
        for each in draft.exhibits.select_related("added_by")
        if each.ask_id in answers
    )
