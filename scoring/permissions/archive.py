"""封存以后: who amends a sealed file, takes files away, has volumes bound."""

from congress.shared.actors import Actor
from congress.shared.models import Term
from congress.shared.roles import Role
from deputies.models import Deputy, DeputyGroup
from scoring.models import Archive, ArchiveVolume, ReviewCycle
from scoring.states import CycleState

MAKING = "正在生成，好了以后才能再生成一次。"


def why_not_amend_archive(by: Actor) -> str | None:
    """内容更正: the director enters what the committee decided; the sealed file stays as it is."""
    if not by.directs_office:
        return "只有代工委主任可以录入常委会决定的更正。"
    return None


def why_not_take_archives(by: Actor) -> str | None:
    """打包下载: everybody's whole year leaves the house, so only the office does it."""
    if not by.at_deputy_office:
        return "只有代工委可以打包下载档案。"
    return None


def why_not_ask_term_volume(by: Actor, deputy: Deputy, term: Term | None = None) -> str | None:
    """任期卷: the office, or the deputy of their own, once a year of the term is sealed."""
    if not by.at_deputy_office and not by.same_person(deputy.user_id):
        return "任期卷由代表本人或者代工委生成。"
    if term is None:
        return None
    if not Archive.objects.of_term(deputy, term).exists():
        return "这一届还没有归档的年度，没有可以装订的。"
    waiting = ArchiveVolume.objects.waiting().filter(deputy=deputy, term=term)
    return MAKING if waiting.exists() else None


def why_not_ask_group_book(
    by: Actor, group: DeputyGroup | None = None, cycle: ReviewCycle | None = None
) -> str | None:
    """小组年册: the office, or the group's convenor, once the year is sealed."""
    own = group is None or by.same_person(group.convenor_id)
    if not by.at_deputy_office and not (by.is_a(Role.CONVENOR) and own):
        return "小组年册由本组召集人或者代工委生成。"
    if group is None or cycle is None:
        return None
    if cycle.state != CycleState.SEALED:
        return f"{cycle.year} 年的档案全部归档以后才能生成年册。"
    if not Archive.objects.of_group(group, cycle).exists():
        return f"这个小组 {cycle.year} 年没有归档的代表。"
    waiting = ArchiveVolume.objects.waiting().filter(group=group, cycle=cycle)
    return MAKING if waiting.exists() else None
