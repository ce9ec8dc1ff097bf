"""侧栏: the browser admin's places in seven groups, and what waits in each."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from congress.admin_pages import NUMBER, OUR_PAGES

GROUPS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "今日待办",
        "task_alt",
        (
            ("全部待办", "admin:index"),
            ("代为登记", "deputies:entered"),
            ("履职核对", "scoring:check_queue"),
            ("履职核实", "scoring:verify_queue"),
            ("积分异议", "scoring:appeals"),
        ),
    ),
    (
        "代表",
        "group",
        (
            ("代表名册", "admin:deputies_deputy_changelist"),
            ("代表资格", "admin:deputies_mandate_changelist"),
            ("资格变动、换届", "deputies:changes"),
            ("代表小组", "deputies:groups"),
            ("专业代表小组", "deputies:specialists"),
            ("双联", "deputies:liaisons"),
            ("群众留言", "admin:deputies_message_changelist"),
            ("代表团", "admin:deputies_delegation_changelist"),
            ("选区", "admin:deputies_district_changelist"),
            ("履职记录", "admin:deputies_dutyrecord_changelist"),
            ("年度代表工作计划", "admin:deputies_annualplan_changelist"),
            ("名册导入", "admin:deputies_rosterimport_changelist"),
        ),
    ),
    (
        "建议",
        "description",
        (
            ("全部建议", "admin:proposals_proposal_changelist"),
            ("建议审查", "proposals:to_review"),
            ("交办安排、答复公开", "proposals:review"),
            ("办理进度", "proposals:in_hand"),
            ("办理统计", "proposals:figures"),
            ("交办单", "proposals:sheet_list"),
            ("送达情况", "proposals:delivery_list"),
            ("交办异议", "proposals:objection_list"),
            ("延期申请", "proposals:extension_list"),
            ("承诺台账", "proposals:promises"),
            ("回头看", "proposals:look_backs"),
            ("转类核实", "proposals:upgrade_list"),
            ("已解决又被提出", "proposals:challenge_list"),
            ("期限变动", "proposals:recompute"),
            ("反复提", "proposals:recurring_board"),
            ("重点督办", "proposals:key_list"),
            ("重点候选", "proposals:key_candidates"),
            ("监督检查", "proposals:inspection_list"),
            ("中心工作主题", "admin:proposals_worktheme_changelist"),
            ("滚动办理", "proposals:carried_year"),
            ("重新办理", "proposals:rehandlings"),
            ("满意度公布", "proposals:releases"),
            ("评价名册", "proposals:rating_list"),
            ("代评线索", "proposals:rating_origins"),
            ("案卷", "proposals:volumes"),
        ),
    ),
    (
        "家站活动",
        "home_work",
        (
            ("家站活跃度", "stations:board"),
            ("家站台账", "stations:register"),
            ("代表之家、联络站", "admin:stations_station_changelist"),
            ("接待日轮值", "stations:county_rota"),
            ("家站大屏", "stations:screens"),
            ("六有自查", "admin:stations_stationcheck_changelist"),
            ("上墙制度", "stations:walls"),
            ("登记到场", "stations:roll_call"),
            ("活动", "stations:activities"),
            ("主题活动", "stations:campaigns"),
            ("应邀情况", "stations:occasions"),
            ("民情事项", "stations:issues"),
            ("接待台", "stations:my_desks"),
            ("来访登记", "admin:stations_visit_changelist"),
            ("议事", "stations:councils"),
            ("发现的问题", "stations:findings"),
            ("到场情况", "admin:stations_attendance_changelist"),
        ),
    ),
    (
        "积分",
        "bar_chart",
        (
            ("积分排名", "scoring:board"),
            ("机会公平", "scoring:chances"),
            ("本季度还没有履职的", "scoring:quiet"),
            ("异常值", "scoring:outliers"),
            ("请核对的记录", "scoring:oddities"),
            ("积分账", "admin:scoring_entry_changelist"),
            ("年度合计", "admin:scoring_yeartotal_changelist"),
            ("查账记录", "scoring:audits"),
            ("积分月报", "scoring:months"),
        ),
    ),
    (
        "年度评价",
        "star",
        (
            ("年度评价", "admin:scoring_reviewcycle_changelist"),
            ("述职测评", "scoring:reports"),
            ("亮星榜", "scoring:star_board"),
            ("评定结果", "admin:scoring_grading_changelist"),
            ("公示异议", "scoring:grade_objections"),
            ("履职档案", "admin:scoring_archive_changelist"),
            ("积分超市", "scoring:gifts"),
            ("评先表优", "scoring:commendations"),
            ("提醒约谈", "scoring:talks"),
            ("劝辞程序", "scoring:advices"),
            ("年度封存", "scoring:archive_years"),
            ("小组年册", "scoring:group_books"),
        ),
    ),
    (
        "规则与设置",
        "settings",
        (
            ("积分规则书", "scoring:rulebooks"),
            ("履职清单", "admin:deputies_dutyitem_changelist"),
            ("十星", "admin:scoring_star_changelist"),
            ("等次", "admin:scoring_grade_changelist"),
            ("否决情形", "admin:scoring_vetokind_changelist"),
            ("办理结果类别", "admin:proposals_outcomeclass_changelist"),
            ("不予受理的情形", "admin:proposals_refusalground_changelist"),
            ("六有项目", "admin:stations_standard_changelist"),
            ("上墙制度项目", "admin:stations_walldocument_changelist"),
            ("议事形式", "admin:stations_councilkind_changelist"),
            ("三进、五亮、六查", "admin:stations_tag_changelist"),
            ("机构", "admin:shared_organisation_changelist"),
            ("行政区域", "admin:shared_area_changelist"),
            ("记住的列名", "admin:deputies_headername_changelist"),
            ("届", "admin:shared_term_changelist"),
            ("会次", "admin:shared_session_changelist"),
            ("工作日历", "admin:shared_workday_changelist"),
            ("本地规则", "shared:local_rules"),
            ("账号", "admin:shared_user_changelist"),
            ("任职", "admin:shared_post_changelist"),
            ("通知", "admin:shared_notice_changelist"),
            ("办理痕迹", "admin:shared_auditevent_changelist"),
        ),
    ),
)
"""Group, icon, and its places by URL name. A place whose page does not exist is left out."""
OFFICE_ONLY = {
    "proposals:rating_origins",
    "deputies:entered",
    "scoring:check_queue",
    "scoring:verify_queue",
    "stations:roll_call",
}
"""Places where the deputy-affairs office alone works; others at the desk look things up."""
CONFIDED = {"scoring:commendations", "scoring:talks", "scoring:advices"}
"""Places of the deputy-affairs office and the leaders; others find no such page."""
SEALED = {"proposals:rating_list"}
"""Places of those who may know that a sealed row exists (评价名册)."""
WATCH_OVER = {"auditor", "sysadmin"}
WAITING = "congress.home.queries.badges.waiting"
"""What counts the work beside the places; by name, because settings import no app."""


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """The seven groups with what waits in each; counted once for the whole page."""
    actor = getattr(request, "actor", None)
    waiting = import_string(WAITING)(actor) if actor else {}
    groups = places(request)
    for group in groups:
        for item in group["items"]:
            item["badge"] = waiting.get(item["name"], 0)
        group["badge"] = sum(item["badge"] for item in group["items"])
    return groups


def places(request: HttpRequest) -> list[dict[str, Any]]:
    """The seven groups with the places this deployment has and this post may enter."""
    actor = getattr(request, "actor", None)  # set by the middleware, which settings cannot import
    closed: set[str] = set() if actor and actor.is_staff else OFFICE_ONLY
    if not (actor and _may_list_sealed(actor)):
        closed = closed | SEALED
    if not (actor and _may_be_confided(actor)):
        closed = closed | CONFIDED
    links = {name: link for _, _, found in GROUPS for _, name in found if (link := _link(name))}
    here = _here(request.path, links)
    groups = []
    for title, icon, found in GROUPS:
        items = [
            {"title": words, "name": name, "link": links[name], "active": name == here}
            for words, name in found
            if name in links and name not in closed
        ]
        groups.append({"title": title, "icon": icon, "items": items})
    return [group for group in groups if group["items"]]


def _may_list_sealed(actor: Any) -> bool:
    directs = actor.role == "staff_director" and actor.at_deputy_office
    return directs or actor.role in WATCH_OVER


def _may_be_confided(actor: Any) -> bool:
    return bool(actor.at_deputy_office) or actor.role == "leader"


@cache
def _link(name: str) -> str:
    """Addresses never change while the house runs: a hundred were looked up for every page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _here(path: str, links: Mapping[str, str]) -> str:
    """The one place this page belongs to: the nearest above it."""
    numberless = NUMBER.sub("/0", path)
    above = [
        *((prefix, name) for prefix, name in OUR_PAGES.items() if numberless.startswith(prefix)),
        *((link, name) for name, link in links.items() if _belongs(path, name, link)),
    ]
    return max(above, default=("", ""))[1]


def _belongs(path: str, name: str, link: str) -> bool:
    return path == link if name == "admin:index" else path.startswith(link)
