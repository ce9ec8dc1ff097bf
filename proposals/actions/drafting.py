"""草稿: saved as typed, with pictures, until it is raised or thrown away."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Organisation
from congress.shared.workflow import lock, refuse_if
from deputies.actions.photos import Photo
from deputies.models import Deputy
from proposals.actions.keeping import drop
from proposals.models import Attachment, Draft, Proposal
from proposals.permissions.drafting import (
    why_not_attach,
    why_not_detach,
    why_not_discard_draft,
    why_not_save_draft,
)


@dataclass(frozen=True)
class Typed:
    """As it stands in the fields, finished or not."""

    kind: str = ""
    title: str = ""
    facts: str = ""
    request: str = ""
    suggested_unit: Organisation | None = None
    confidentiality_asked: str = ""
    continues: Proposal | None = None


@transaction.atomic
def save_draft(
    *, deputy: Deputy, token: UUID, typed: Typed, by: Actor, mends: Proposal | None = None
) -> Draft:
    """存草稿: one draft for one token, or for the proposal it mends; no trail, nobody reads it."""
    deputy = lock(deputy)  # whoever raises it at this moment is waited for, and then found
    mends = lock(mends) if mends else None
    refuse_if(why_not_save_draft(by, deputy, token, mends))
    one: dict[str, Any] = {"proposal": mends} if mends else {"token": token}
    said = {name: getattr(typed, name) for name in typed.__dataclass_fields__}
    draft, _ = Draft.objects.update_or_create(
        **one, deputy=deputy, defaults={**said, "saved_at": clock.now()}
    )
    return draft


@transaction.atomic
def discard_draft(draft: Draft, *, by: Actor) -> None:
    """不要了: the draft and its pictures are gone."""
    draft = lock(draft)
    refuse_if(why_not_discard_draft(by, draft))
    drop(*draft.attachments.all())
    draft.delete()


@transaction.atomic
def attach(draft: Draft, *, pictures: Iterable[tuple[str, Photo]], by: Actor) -> list[Attachment]:
    """加照片: drawn anew, under a random name, the same picture once."""
    draft, sent = lock(draft), list(pictures)
    known = set(draft.attachments.values_list("digest", flat=True))
    new = {photo.sha256: (name, photo) for name, photo in sent if photo.sha256 not in known}
    refuse_if(why_not_attach(by, draft, len(new)))
    return [_keep(draft, name, photo) for name, photo in new.values()]


def _keep(draft: Draft, name: str, photo: Photo) -> Attachment:
    attachment = Attachment(draft=draft, name=name[:80], digest=photo.sha256)
    content = ContentFile(photo.content)
    attachment.file.save(f"{secrets.token_urlsafe(24)}.jpg", content, save=False)
    attachment.save(force_insert=True)
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: Actor) -> None:
    """删照片: gone from the draft, its file too."""
    attachment = lock(attachment)
    refuse_if(why_not_detach(by, attachment))
    drop(attachment)
