"""答复常用语: each unit's own."""

from congress.shared.actors import Actor
from congress.shared.names import shows_something
from congress.shared.roles import UNIT
from proposals.models import ReplyTemplate


def why_not_save_template(
    by: Actor, name: str | None = None, text: str | None = None
) -> str | None:
    """A unit's people, with a name and some text."""
    if by.role not in UNIT:
        return "只有承办单位有答复常用语。"
    if name is not None and not shows_something(name):
        return "请给这段常用语起个名称。"
    if text is not None and not shows_something(text):
        return "请写常用语的内容。"
    return None


def why_not_delete_template(by: Actor, template: ReplyTemplate) -> str | None:
    """Its own unit's people."""
    if by.role not in UNIT or by.organisation_id != template.unit_id:
        return "只有本单位可以删除自己的常用语。"
    return None
