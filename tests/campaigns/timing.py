"""时限 in the machine: a clock stands and goes on, more months are asked for and decided."""

from datetime import timedelta

from congress.shared.calendar import working_days_until
from proposals.actions import clocks
from proposals.models import Assignment, Extension
from tests.campaigns.cases import SILENCE, Case, Part
from tests.campaigns.rounds import Rounds

MOST_MONTHS = 3
"""Six in all from 交办, and each part here begins with three."""


def pauses(rounds: Rounds, case: Case) -> None:
    """From a day between 交办 and today, not within an earlier pause."""
    part = rounds.part(case)
    if part is None:
        return
    by = rounds.somebody(rounds.office[0])
    begins = rounds.today - timedelta(days=rounds.dice.choice((0, 0, 1, 5)))
    since = max(filter(None, (part.assigned, part.stood_until)), default=begins)
    fits = part.paused is None and begins >= since
    if rounds.play(
        "clocks.pause",
        rounds.is_office(by) and case.runs(part) and fits,
        lambda: clocks.pause(
            rounds.page(Assignment, part.pk),
            from_on=begins,
            reason="等批复。",
            agreed_with="领衔代表",
            by=by,
            today=rounds.today,
        ),
    ):
        part.paused = begins


def resumes(rounds: Rounds, case: Case) -> None:
    part = rounds.part(case)
    if part is None:
        return
    by = rounds.somebody(rounds.office[0])
    stood = part.paused is not None and rounds.today >= part.paused
    if rounds.play(
        "clocks.resume",
        rounds.is_office(by) and case.runs(part) and stood,
        lambda: clocks.resume(
            rounds.page(Assignment, part.pk), until_on=rounds.today, by=by, today=rounds.today
        ),
    ):
        if rounds.today > part.paused:
            part.stood_until = rounds.today
        part.paused = None


def asks_for_more(rounds: Rounds, case: Case) -> None:
    part = rounds.part(case)
    if part is None:
        return
    by = rounds.somebody(rounds.clerks[part.unit])
    months = rounds.dice.randint(1, MOST_MONTHS + 1)
    fits = part.answers and part.extended in {"", "refused"} and months <= MOST_MONTHS
    done = rounds.play(
        "clocks.ask_extension",
        rounds.works_at(by, part.unit) and case.runs(part) and fits,
        lambda: clocks.ask_extension(
            rounds.page(Assignment, part.pk),
            months=months,
            reason="汛期不能施工。",
            by=by,
            today=rounds.today,
        ),
    )
    if done:
        part.extension, part.extended, part.asked_on = done.pk, "asked", rounds.today


def _asked(rounds: Rounds, case: Case) -> Part | None:
    found = [part for part in case.parts if part.extension]
    return rounds.dice.choice(found) if found else None


def consents(rounds: Rounds, case: Case) -> None:
    part = _asked(rounds, case)
    if part is None:
        return
    by = rounds.somebody(rounds.as_deputy[case.lead])
    waits = case.runs(part) and part.extended == "asked"
    if rounds.play(
        "clocks.consent_extension",
        rounds.leads(by, case) and waits,
        lambda: clocks.consent_extension(rounds.page(Extension, part.extension), by=by),
    ):
        part.extended = "consented"


def declines(rounds: Rounds, case: Case) -> None:
    """The lead deputy says no, once."""
    part = _asked(rounds, case)
    if part is None:
        return
    by = rounds.somebody(rounds.as_deputy[case.lead])
    waits = case.runs(part) and part.extended == "asked"
    if rounds.play(
        "clocks.decline_extension",
        rounds.leads(by, case) and waits,
        lambda: clocks.decline_extension(rounds.page(Extension, part.extension), by=by),
    ):
        part.extended = "declined"


def grants(rounds: Rounds, case: Case) -> None:
    """Never without the lead deputy's consent, but after so many days of silence."""
    part = _asked(rounds, case)
    if part is None:
        return
    by = rounds.somebody(rounds.office[0])
    silent = working_days_until(part.asked_on or rounds.today, rounds.today, rounds.works) > SILENCE
    agreed = part.extended == "consented" or (part.extended == "asked" and silent)
    waits = case.runs(part) and agreed
    if rounds.play(
        "clocks.grant_extension",
        rounds.is_office(by) and waits,
        lambda: clocks.grant_extension(
            rounds.page(Extension, part.extension), by=by, today=rounds.today
        ),
    ):
        part.extended = "granted"


def grants_none(rounds: Rounds, case: Case) -> None:
    part = _asked(rounds, case)
    if part is None:
        return
    by = rounds.somebody(rounds.office[0])
    waits = case.runs(part) and part.extended in {"asked", "consented", "declined"}
    if rounds.play(
        "clocks.refuse_extension",
        rounds.is_office(by) and waits,
        lambda: clocks.refuse_extension(
            rounds.page(Extension, part.extension), words="请按期。", by=by, today=rounds.today
        ),
    ):
        part.extended = "refused"
