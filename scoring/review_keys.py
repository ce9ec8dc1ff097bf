"""Keys of the review's notices: one for each stage, kind and last day, so that none comes twice."""

from datetime import date


def of_stage(stage_id: int) -> str:
    """What every notice about the stage begins with: settled together."""
    return f"scoring.review:{stage_id}:"


def opens(stage_id: int) -> str:
    return f"{of_stage(stage_id)}opens"


def soon(stage_id: int, closes_on: date) -> str:
    """A stage that is moved reminds anew of its new last day."""
    return f"{of_stage(stage_id)}soon:{closes_on}"


def late(stage_id: int, closes_on: date) -> str:
    return f"{of_stage(stage_id)}late:{closes_on}"


def moved(stage_id: int, closes_on: date) -> str:
    return f"{of_stage(stage_id)}moved:{closes_on}"


def waits_of(cycle_id: int) -> str:
    """What every day's notice begins with: done with the step, or taken over by the next day's."""
    return f"scoring.review_waits:{cycle_id}:"


def waits(cycle_id: int, day: date) -> str:
    """每日一次: what waits for the director that day."""
    return f"{waits_of(cycle_id)}{day}"
