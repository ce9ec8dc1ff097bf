"""States of what deputies do, and the steps between them. docs/workflows.md is drawn from these."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class DutyState(TextChoices):
    ENTERED = "entered", "待本人确认"
    REPORTED = "reported", "待核对"
    CHECKED = "checked", "待核实"
    VERIFIED = "verified", "已核实"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


DUTY_STEPS: Mapping[str, Set[str]] = {
    DutyState.ENTERED: {DutyState.REPORTED, DutyState.WITHDRAWN},
    DutyState.REPORTED: {DutyState.CHECKED, DutyState.RETURNED, DutyState.WITHDRAWN},
    DutyState.CHECKED: {
        DutyState.VERIFIED,
        DutyState.RETURNED,
        DutyState.REPORTED,
        DutyState.WITHDRAWN,
    },
    DutyState.RETURNED: {
        DutyState.REPORTED,
        DutyState.ENTERED,  # mended for a deputy who confirms on paper, and does so anew
        DutyState.WITHDRAWN,
    },
    DutyState.VERIFIED: set(),
    DutyState.WITHDRAWN: {DutyState.ENTERED, DutyState.REPORTED},  # a duplicate stands again
}
"""履职记录: which state may follow which."""


class ImportState(TextChoices):
    MATCHING = "matching", "待对列名"
    WAITING = "waiting", "正在读取"
    PREVIEWED = "previewed", "待确认"
    APPLYING = "applying", "正在写入"
    APPLIED = "applied", "已导入"
    UNDONE = "undone", "已撤回"
    DROPPED = "dropped", "已放弃"


IMPORT_STEPS: Mapping[str, Set[str]] = {
    ImportState.MATCHING: {ImportState.WAITING, ImportState.DROPPED},
    ImportState.WAITING: {ImportState.PREVIEWED, ImportState.MATCHING, ImportState.DROPPED},
    ImportState.PREVIEWED: {ImportState.APPLYING, ImportState.APPLIED, ImportState.DROPPED},
    ImportState.APPLYING: {ImportState.APPLIED, ImportState.PREVIEWED},
    ImportState.APPLIED: {ImportState.UNDONE},
    ImportState.UNDONE: set(),
    ImportState.DROPPED: set(),
}
"""名册导入: which state may follow which."""


class SheetKind(TextChoices):
    ROSTER = "roster", "代表名册"
    GROUPS = "groups", "代表小组表"
    LIAISONS = "liaisons", "双联安排表"


class SameOrNot(TextChoices):
    """What a person said of a row that looks like somebody known."""

    SAME = "same", "是同一个人"
    OTHER = "other", "不是同一个人"


class Verdict(TextChoices):
    ERROR = "error", "错误"
    NEW = "new", "新增"
    CHANGED = "changed", "变更"
    SAME = "same", "相同"


class EndCause(TextChoices):
    """The eight causes of 代表法 art. 62, and the end of the term."""

    MOVED = "moved", "迁出或者调离本行政区域"
    RESIGNED = "resigned", "辞职被接受"
    ABSENT = "absent", "未经批准两次不出席本级人大会议"
    RECALLED = "recalled", "被罢免"
    NATIONALITY = "nationality", "丧失中华人民共和国国籍"
    RIGHTS = "rights", "依照法律被剥夺政治权利"
    CAPACITY = "capacity", "丧失行为能力"
    DIED = "died", "去世"
    TERM = "term", "任期届满"


class PlanState(TextChoices):
    DRAFT = "draft", "起草中"
    PASSED = "passed", "已通过"
    PUBLISHED = "published", "已公布"
    REPLACED = "replaced", "已调整"
    DROPPED = "dropped", "已作废"


PLAN_STEPS: Mapping[str, Set[str]] = {
    PlanState.DRAFT: {PlanState.PASSED, PlanState.DROPPED},
    PlanState.PASSED: {PlanState.PUBLISHED, PlanState.DRAFT},
    PlanState.PUBLISHED: {PlanState.REPLACED},
    PlanState.REPLACED: set(),
    PlanState.DROPPED: set(),
}
"""年度代表工作计划: which state may follow which."""


class ChangeKind(TextChoices):
    ELECTED = "elected", "补选"
    RESIGNED = "resigned", "辞职"
    TERMINATED = "terminated", "终止资格"
    SUSPENDED = "suspended", "暂停执行职务"
    REINSTATED = "reinstated", "恢复执行职务"


ENDS = (ChangeKind.RESIGNED, ChangeKind.TERMINATED)
"""Changes that leave a seat vacant."""


class ChangeState(TextChoices):
    REGISTERED = "registered", "待公告"
    ANNOUNCED = "announced", "已公告"
    REVOKED = "revoked", "已撤销"


CHANGE_STEPS: Mapping[str, Set[str]] = {
    ChangeState.REGISTERED: {ChangeState.ANNOUNCED, ChangeState.REVOKED},
    ChangeState.ANNOUNCED: set(),
    ChangeState.REVOKED: set(),
}
"""资格变动: which state may follow which."""


class SuspensionGround(TextChoices):
    """The two of 代表法 art. 61."""

    DETAINED = "detained", "因刑事案件被羁押正在受侦查、起诉、审判"
    SENTENCED = "sentenced", "被依法判处管制、拘役或者有期徒刑而没有附加剥夺政治权利，正在服刑"


class RegroupingState(TextChoices):
    MADE = "made", "已调整"
    REVOKED = "revoked", "已撤回"


REGROUPING_STEPS: Mapping[str, Set[str]] = {
    RegroupingState.MADE: {RegroupingState.REVOKED},
    RegroupingState.REVOKED: set(),
}
"""调整编组: which state may follow which."""


class StudyKind(TextChoices):
    INSPECTION = "inspection", "视察"
    STUDY = "study", "专题调研"
    PRE_STUDY = "pre_study", "审议前调研"
    SUPERVISION = "supervision", "建议督办"


class StudyState(TextChoices):
    CALLED = "called", "进行中"
    REPORTED = "reported", "已报告"
    CANCELLED = "cancelled", "已取消"


STUDY_STEPS: Mapping[str, Set[str]] = {
    StudyState.CALLED: {StudyState.REPORTED, StudyState.CANCELLED},
    StudyState.REPORTED: {StudyState.CALLED},
    StudyState.CANCELLED: set(),
}
"""对口调研: which state may follow which."""


class Answer(TextChoices):
    YES = "yes", "参加"
    NO = "no", "不能参加"


class CommitteePostKind(TextChoices):
    HEAD = "head", "主任"
    VICE = "vice", "副主任"
    MEMBER = "member", "委员"
    OFFICE = "office", "机关代表"


class LiaisonKind(TextChoices):
    MEMBER = "member", "组成人员联系代表"
    DIRECTOR = "director", "主任会议成员督导乡镇"
    OFFICE = "office", "机关代表包联小组"


class ContactWay(TextChoices):
    VISIT = "visit", "走访"
    PHONE = "phone", "电话"
    TALK = "talk", "座谈"
    INVITE = "invite", "邀请参加活动"
    GUIDE = "guide", "到场指导"


class MessageState(TextChoices):
    SENT = "sent", "等代表答复"
    ANSWERED = "answered", "已答复"
    RAISED = "raised", "转到家站办理"
    CLOSED = "closed", "不受理"


MESSAGE_STEPS: Mapping[str, Set[str]] = {
    MessageState.SENT: {MessageState.ANSWERED, MessageState.RAISED, MessageState.CLOSED},
    MessageState.RAISED: {MessageState.ANSWERED},
    MessageState.ANSWERED: set(),
    MessageState.CLOSED: set(),
}
"""群众留言: which state may follow which."""


class Measure(TextChoices):
    """What a pledge is held against."""

    NONE = "", "不用数据说明"
    CONTACTS = "contacts", "今年联系群众的次数"
    MESSAGES = "messages", "今年群众留言的答复"
    PROPOSALS = "proposals", "今年领衔提出的建议"
