"""草稿: saved as typed, with files, until it is raised or thrown away."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.clean_pdf import CleanPdf
from congress.shared.models import Assembly, Organisation
from congress.shared.workflow import lock, record, refuse_if
from deputies.actions.photos import Photo
from deputies.models import Deputy
from proposals.actions.keeping import drop
from proposals.models import Attachment, Draft, Proposal, Source
from proposals.models.drafts import PDF
from proposals.permissions.drafting import (
    why_not_attach,
    why_not_detach,
    why_not_discard_draft,
    why_not_save_draft,
)

File = Photo | CleanPdf
"""What is attached: a picture or a paper, each drawn anew."""


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
    assembly: Assembly | None = None


@transaction.atomic
def save_draft(
    *,
    deputy: Deputy,
    token: UUID,
    typed: Typed,
    by: Actor,
    mends: Proposal | None = None,
    source: tuple[str, str] | None = None,
) -> Draft:
    """存草稿: one draft for one token, or for the proposal it mends; no trail, nobody reads it.

    `source` is the key and the words of where its matter was heard: they stay with it.
    """
    deputy = lock(deputy)  # whoever raises it at this moment is waited for, and then found
    mends = lock(mends) if mends else None
    refuse_if(why_not_save_draft(by, deputy, token, mends))
    one: dict[str, Any] = {"proposal": mends} if mends else {"token": token}
    said = {name: getattr(typed, name) for name in typed.__dataclass_fields__}
    draft, _ = Draft.objects.update_or_create(
        **one, deputy=deputy, defaults={**said, "saved_at": clock.now()}
    )
    if source:
        Source.objects.create(draft=draft, key=source[0], words=source[1])
    return draft


@transaction.atomic
def discard_draft(draft: Draft, *, by: Actor) -> None:
    """不要了: the draft and its files are gone."""
    draft = lock(draft)
    refuse_if(why_not_discard_draft(by, draft))
    drop(*draft.attachments.all())
    Source.objects.filter(draft=draft).delete()
    draft.delete()


@transaction.atomic
def attach(draft: Draft, *, files: Iterable[tuple[str, File]], by: Actor) -> list[Attachment]:
    """加附件: drawn anew, under a random name, the same file once."""
    draft, sent = lock(draft), list(files)
    known = set(draft.attachments.values_list("digest", flat=True))
    new = {file.sha256: (name, file) for name, file in sent if file.sha256 not in known}
    refuse_if(why_not_attach(by, draft, len(new)))
    return [_keep(draft, name, file) for name, file in new.values()]


def _keep(draft: Draft, name: str, file: File) -> Attachment:
    attachment = Attachment(draft=draft, name=name[:80], digest=file.sha256)
    if isinstance(file, CleanPdf):
        attachment.pages, attachment.size = file.pages, len(file.content)
    kind = PDF if attachment.is_pdf else ".jpg"
    content = ContentFile(file.content)
    attachment.file.save(f"{secrets.token_urlsafe(24)}{kind}", content, save=False)
    attachment.save(force_insert=True)
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: Actor) -> None:
    """删附件: gone from the draft, or from the returned proposal; its file too."""
    attachment = lock(attachment)
    if attachment.proposal:
        attachment.proposal = lock(attachment.proposal)
    refuse_if(why_not_detach(by, attachment))
    if attachment.proposal:
        record(attachment.proposal, "detached", by=by, note="领衔代表删去一个附件。")
    drop(attachment)
