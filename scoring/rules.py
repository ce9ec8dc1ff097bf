"""Weights of the yearly review: the county's own figures; no official table was found."""

from congress.shared.local_rules import LocalRule
from scoring.states import Step

BASIS = "本县代表管理办法（默认值）"
WEIGHTS = {
    Step.SELF: LocalRule("scoring.weight_self", 10, "本人自评权重", BASIS),
    Step.GROUP: LocalRule("scoring.weight_group", 20, "小组核校权重", BASIS),
    Step.TOWNSHIP: LocalRule("scoring.weight_township", 30, "乡镇参评权重", BASIS),
    Step.COMMITTEE: LocalRule("scoring.weight_committee", 40, "年度积分权重", BASIS),
}
"""The committee's part is the year's points, which only it verifies."""
