"""督: the county's own days of the three questions, and what weighs how much on the key list."""

import calendar
from datetime import date

from congress.shared.local_rules import LocalRule
from proposals.rules import OWN
from proposals.supervision_states import QuestionStage

LEAST_DAY, LAST_DAY = 101, 1231
PLAN_DAY = LocalRule(
    "proposals.key_plan_day",
    331,
    "重点督办年初问安排的日子（月日，331 是 3 月 31 日）",
    OWN,
    101,
    1231,
)
PROGRESS_DAY = LocalRule(
    "proposals.key_progress_day",
    715,
    "年中问进展的日子（715 即 7.15）",
    OWN,
    LEAST_DAY,
    LAST_DAY,
)
RESULT_DAY = LocalRule(
    "proposals.key_result_day",
    1115,
    "年末问成效的日子（1115 即 11.15）",
    OWN,
    LEAST_DAY,
    LAST_DAY,
)
ANSWER_DAYS = LocalRule("proposals.key_answer_days", 10, "重点督办三问的回答期限（个工作日）", OWN)
AGAIN_DAYS = LocalRule(
    "proposals.key_again_days", 5, "三问答得不实、再答一次的期限（个工作日）", OWN
)
SIGNER_WEIGHT = LocalRule("proposals.key_signer_weight", 1, "重点候选：每名附议代表加几分", OWN, 0)
SIGNERS_COUNTED = LocalRule(
    "proposals.key_signers_counted", 10, "重点候选：最多算几名附议代表", OWN, 0
)
UNIT_WEIGHT = LocalRule(
    "proposals.key_unit_weight", 3, "重点候选：承办单位每多一个（第一个不算）加几分", OWN, 0
)
THEME_WEIGHT = LocalRule("proposals.key_theme_weight", 10, "重点候选：合中心工作主题加几分", OWN, 0)
REPEAT_WEIGHT = LocalRule("proposals.key_repeat_weight", 10, "重点候选：以前提过又提加几分", OWN, 0)
FOLLOWER_WEIGHT = LocalRule(
    "proposals.key_follower_weight", 1, "重点候选：每一位订阅进展的群众加几分", OWN, 0
)
FOLLOWERS_COUNTED = LocalRule(
    "proposals.key_followers_counted", 20, "重点候选：最多算几位订阅的群众", OWN, 0
)
LATE_WEIGHT = LocalRule("proposals.key_late_weight", 5, "重点候选：办理超期加几分", OWN, 0)
OBJECTION_WEIGHT = LocalRule(
    "proposals.key_objection_weight", 5, "重点候选：单位有异议还没有答复加几分", OWN, 0
)
DAYS = {
    QuestionStage.PLAN: PLAN_DAY,
    QuestionStage.PROGRESS: PROGRESS_DAY,
    QuestionStage.RESULT: RESULT_DAY,
}


def question_day(stage: QuestionStage, year: int, decided_on: date) -> date:
    """The day of one of the three questions in that year, by the rule of the decision's day.

    331 is 31 March; a day that its month does not have is the month's last.
    """
    month, day = divmod(DAYS[stage].on(decided_on), 100)
    month = min(max(month, 1), 12)
    return date(year, month, min(max(day, 1), calendar.monthrange(year, month)[1]))
