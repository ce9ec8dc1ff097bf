"""Roles as code: what a post is for. Permissions are the `why_not_<verb>` functions."""

from django.db.models import TextChoices


class Role(TextChoices):
    STAFF_CLERK = "staff_clerk", "代工委工作人员"
    STAFF_DIRECTOR = "staff_director", "代工委主任"
    LEADER = "leader", "常委会领导"
    TOWNSHIP_CLERK = "township_clerk", "乡镇人大工作人员"
    CONVENOR = "convenor", "代表小组召集人"
    KEEPER = "keeper", "家站站长"
    UNIT_CLERK = "unit_clerk", "承办单位经办人"
    UNIT_HEAD = "unit_head", "承办单位负责人"
    DEPUTY = "deputy", "人大代表"
    SYSADMIN = "sysadmin", "系统管理员"
    AUDITOR = "auditor", "审计员"


STAFF = frozenset({Role.STAFF_CLERK, Role.STAFF_DIRECTOR})
"""The committee's deputy-affairs office: its workbench is the admin."""
DESK = STAFF | {Role.LEADER, Role.SYSADMIN, Role.AUDITOR}
"""Who may enter the admin at all."""
KEEP_REFERENCE = frozenset({Role.STAFF_DIRECTOR, Role.SYSADMIN})
"""Who may add and mend reference data, the working calendar among it."""
UNIT = frozenset({Role.UNIT_CLERK, Role.UNIT_HEAD})
ORGANISERS = STAFF | {Role.TOWNSHIP_CLERK, Role.CONVENOR, Role.KEEPER}
"""谁组织谁负责: who may call an activity and register who came."""
