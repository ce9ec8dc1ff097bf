"""答复常用语: a unit's own blocks of text."""

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.workflow import lock, record, refuse_if
from proposals.models import ReplyTemplate
from proposals.permissions.templates import why_not_delete_template, why_not_save_template


@transaction.atomic
def save_template(*, name: str, text: str, by: Actor) -> ReplyTemplate:
    """存为常用语: kept under its name; the same name again replaces the text.

    What is kept already, word for word, leaves no trail.
    """
    refuse_if(why_not_save_template(by, name, text))
    named, said = {"unit_id": by.organisation_id, "name": name.strip()}, text.strip()
    template, new = ReplyTemplate.objects.get_or_create(
        **named, defaults={"text": said}
    )  # reply_template_name_once
    template = lock(template)
    if not new:
        if template.text == said:
            return template
        template.text = said
        template.save(update_fields=["text"])
    record(template, "template_saved", by=by, note=f"存常用语“{template.name}”。")
    return template


@transaction.atomic
def delete_template(template: ReplyTemplate, *, by: Actor) -> None:
    """删除常用语: it is gone; replies that used it keep their words."""
    template = lock(template)
    refuse_if(why_not_delete_template(by, template))
    record(template, "template_deleted", by=by, note=f"删除常用语“{template.name}”。")
    template.delete()
