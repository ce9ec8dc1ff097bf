"""回头看: the verbs of promises, look-backs, upgrades and what is raised again."""

from collections.abc import Mapping
from datetime import date

from proposals.actions import challenges, lookback, promises, upgrades
from proposals.follow_states import LookBackState
from proposals.rating_states import Satisfaction
from tests.proposals import cast, stages_of_following
from tests.proposals.stages_of_following import AGAIN_ON, TODAY
from tests.proposals.verbs import Again, Verb

NEXT_ON = date(2027, 4, 1)


def of_unit(act):
    return (f"只有作出答复的单位可以{act}。",)


def of_office(act):
    return (f"只有代工委可以{act}。",)


FOLLOWED: Mapping[str, Verb] = {
    "promises.report_step": Verb(
        lambda row, by: promises.report_step(row, words="已验收。", by=by, today=TODAY),
        cast.UNIT,
        of_unit("报告兑现"),
        stages_of_following.PROMISES,
        ("due", "missed"),
    ),
    "promises.confirm_step": Verb(
        lambda row, by: promises.confirm_step(row, by=by, today=TODAY),
        cast.OFFICE,
        of_office("核实兑现"),
        stages_of_following.PROMISES,
        ("reported",),
    ),
    "promises.send_back_step": Verb(
        lambda row, by: promises.send_back_step(row, words="还没装完。", by=by, today=TODAY),
        cast.OFFICE,
        of_office("退回报告"),
        stages_of_following.PROMISES,
        ("reported",),
    ),
    "lookback.open_look_back": Verb(
        lambda row, by: lookback.open_look_back(row, reason="群众又反映。", by=by, today=TODAY),
        cast.OFFICE,
        of_office("提出回头看"),
        stages_of_following.REPLIES,
        ("promised", "kept", "later", "solved", "upgrade asked"),
    ),
    "lookback.report_look_back": Verb(
        lambda row, by: lookback.report_look_back(row, report="快好了。", by=by, today=TODAY),
        cast.UNIT,
        of_unit("报告落实情况"),
        stages_of_following.LOOK_BACKS,
        ("open",),
    ),
    "lookback.settle_look_back": Verb(
        lambda row, by: lookback.settle_look_back(
            row,
            ending=LookBackState.KEPT,
            words="资金年底到位。",
            next_on=NEXT_ON,
            by=by,
            today=TODAY,
        ),
        cast.OFFICE,
        of_office("了结回头看"),
        stages_of_following.LOOK_BACKS,
        ("open", "reported"),
    ),
    "upgrades.ask_upgrade": Verb(
        lambda row, by: stages_of_following.ask(row, by=by),
        cast.UNIT,
        of_unit("申请转类"),
        stages_of_following.REPLIES,
        ("kept", "later"),
    ),
    "upgrades.confirm_upgrade": Verb(
        lambda row, by: upgrades.confirm_upgrade(row, by=by, today=TODAY),
        cast.OFFICE,
        of_office("核实转类"),
        stages_of_following.UPGRADES,
        ("asked",),
    ),
    "upgrades.refuse_upgrade": Verb(
        lambda row, by: upgrades.refuse_upgrade(row, words="还没通车。", by=by, today=TODAY),
        cast.OFFICE,
        of_office("核实转类"),
        stages_of_following.UPGRADES,
        ("asked",),
    ),
    "upgrades.rate_fulfilment": Verb(
        lambda row, by: upgrades.rate_fulfilment(row, grade=Satisfaction.FAIR, by=by),
        cast.LEAD,
        ("兑现情况由领衔代表本人评价。",),
        stages_of_following.REPLIES,
        ("kept", "upgrade asked"),
        Again.SAME,
    ),
    "challenges.open_challenge": Verb(
        lambda row, by: challenges.open_challenge(
            row, earlier=stages_of_following.solved_before(row), by=by, today=AGAIN_ON
        ),
        cast.OFFICE,
        of_office("提请认定又被提出"),
        stages_of_following.TO_CHALLENGE,
        ("raised again",),
    ),
    "challenges.confirm_challenge": Verb(
        lambda row, by: challenges.confirm_challenge(row, by=by, today=AGAIN_ON),
        cast.OFFICE,
        of_office("认定又被提出"),
        stages_of_following.CHALLENGES,
        ("found",),
    ),
    "challenges.dismiss_challenge": Verb(
        lambda row, by: challenges.dismiss_challenge(
            row, words="不是一座桥。", by=by, today=AGAIN_ON
        ),
        cast.OFFICE,
        of_office("认定又被提出"),
        stages_of_following.CHALLENGES,
        ("found",),
    ),
    "challenges.explain_challenge": Verb(
        lambda row, by: challenges.explain_challenge(
            row, explanation="当时修的是桥面。", by=by, today=AGAIN_ON
        ),
        cast.UNIT,
        of_unit("作出说明"),
        stages_of_following.CHALLENGES,
        ("confirmed",),
    ),
    "challenges.settle_challenge": Verb(
        lambda row, by: challenges.settle_challenge(
            row, stands=True, words="是新的一段。", by=by, today=AGAIN_ON
        ),
        cast.OFFICE,
        of_office("了结又被提出"),
        stages_of_following.CHALLENGES,
        ("explained",),
    ),
}
