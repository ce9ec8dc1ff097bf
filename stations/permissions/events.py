"""活动: who may register attendance, and of whom."""

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.roles import ORGANISERS
from deputies.codes import AWARDS, OF_A_WHOLE_CONGRESS
from deputies.models import DeputyGroup, DutyItem
from stations.models import Topic


def why_not_roll_call(
    by: Actor,
    *,
    item: DutyItem | None = None,
    group: DeputyGroup | None = None,
    assembly: Assembly | None = None,
    topic: Topic | None = None,
) -> str | None:
    """谁组织谁负责: a group by those who call it, all deputies of an assembly by the office."""
    if by.role not in ORGANISERS:
        return "到场由召集人、家站站长、乡镇人大或代工委登记。"
    if assembly and not by.is_staff:
        return "全体代表的到场由代工委登记。"
    if group and not DeputyGroup.objects.visible_to(by).filter(pk=group.pk).exists():
        return f"{group.name}不归您登记。"
    if item and not item.organiser_may_report:
        return f"“{item.name}”不由组织方登记。"
    if item and item.code in AWARDS:
        return f"“{item.name}”凭证书由代表本人或代工委登记，不用点名。"
    if item and item.code in OF_A_WHOLE_CONGRESS and not assembly:
        return f"“{item.name}”由代工委对全体代表登记。"
    return why_not_under(topic, group)


def why_not_under(topic: Topic | None, group: DeputyGroup | None) -> str | None:
    """A topic that stands, of a campaign that runs, and that this group may take up."""
    may = Topic.objects.standing().open_to(group)
    if topic and not may.filter(pk=topic.pk).exists():
        return "这个选题已经撤了，或者不是给这个小组的，请重选。"
    return None
