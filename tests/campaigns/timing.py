"""时限 in the machine: a clock stands and goes on, more months are asked for and decided."""

from collections.abc import Callable
from datetime import timedelta

from congress.shared.calendar import add_working_days, working_days_until
from proposals.actions import clocks
from proposals.models import Assignment, Extension
from proposals.queries.due_changes import due_changes, seal_of
from tests.campaigns.cases import HEARD_DAYS, RATE_DAYS, SILENCE, Case, Part, kept
from tests.campaigns.rounds import Rounds

MOST_MONTHS = 3
"""Six in all from 交办, and each part here begins with three."""


def pauses(rounds: Rounds, _: Case) -> None:
    """From a day between 交办 and today, not within an earlier pause."""
    found = rounds.part(lambda case, part: case.runs(part) and part.paused is None)
    if found is None:
        return
    case, part = found
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


def resumes(rounds: Rounds, _: Case) -> None:
    found = rounds.part(lambda case, part: case.runs(part) and part.paused)
    if found is None:
        return
    case, part = found
    by = rounds.somebody(rounds.office[0])
    stood = part.paused is not None and rounds.today >= part.paused
    if rounds.play(
        "clocks.resume",
        rounds.is_office(by) and case.runs(part) and stood,
        lambda: clocks.resume(
            rounds.page(Assignment, part.pk), until_on=rounds.today, by=by, today=rounds.today
        ),
    ):
        part.goes_on(rounds.today, rounds.works)


def _may_ask(rounds: Rounds, part: Part) -> bool:
    """Who answers, until one is granted, and not once it is late."""
    return part.answers and part.extended in {"", "refused"} and not part.is_late(rounds.today)


def asks_for_more(rounds: Rounds, _: Case) -> None:
    found = rounds.part(lambda case, part: case.runs(part) and _may_ask(rounds, part))
    if found is None:
        return
    case, part = found
    by = rounds.somebody(rounds.clerks[part.unit])
    months = rounds.dice.randint(1, MOST_MONTHS + 1)
    fits = _may_ask(rounds, part) and months <= MOST_MONTHS
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
        part.asked_for = months


def _asked(rounds: Rounds, fits: Callable[[Case, Part], object]) -> tuple[Case, Part] | None:
    """Any request there is: there are few."""
    found = [(case, part) for case in rounds.cases for part in case.parts if part.extension]
    return rounds.lean(found, lambda each: fits(*each))


def _waits(case: Case, part: Part) -> bool:
    return case.runs(part) and part.extended == "asked"


def consents(rounds: Rounds, _: Case) -> None:
    found = _asked(rounds, _waits)
    if found is None:
        return
    case, part = found
    by = rounds.somebody(rounds.as_deputy[case.lead])
    waits = _waits(case, part)
    if rounds.play(
        "clocks.consent_extension",
        rounds.leads(by, case) and waits,
        lambda: clocks.consent_extension(rounds.page(Extension, part.extension), by=by),
    ):
        part.extended = "consented"


def declines(rounds: Rounds, _: Case) -> None:
    """The lead deputy says no, once."""
    found = _asked(rounds, _waits)
    if found is None:
        return
    case, part = found
    by = rounds.somebody(rounds.as_deputy[case.lead])
    waits = _waits(case, part)
    if rounds.play(
        "clocks.decline_extension",
        rounds.leads(by, case) and waits,
        lambda: clocks.decline_extension(rounds.page(Extension, part.extension), by=by),
    ):
        part.extended = "declined"


def _is_agreed(rounds: Rounds, case: Case, part: Part) -> bool:
    """By the lead deputy, or so many days gone without a word, or nobody there to give it."""
    asked = part.asked_on or rounds.today
    silent = working_days_until(asked, rounds.today, rounds.works) > SILENCE
    alone = silent or case.lead in rounds.gone
    agreed = part.extended == "consented" or (part.extended == "asked" and alone)
    return case.runs(part) and agreed


def grants(rounds: Rounds, _: Case) -> None:
    """Never without the lead deputy's consent, but after so many days of silence."""
    found = _asked(rounds, lambda case, part: _is_agreed(rounds, case, part))
    if found is None:
        return
    case, part = found
    by = rounds.somebody(rounds.office[0])
    waits = _is_agreed(rounds, case, part)
    if rounds.play(
        "clocks.grant_extension",
        rounds.is_office(by) and waits,
        lambda: clocks.grant_extension(
            rounds.page(Extension, part.extension), by=by, today=rounds.today
        ),
    ):
        part.extended, part.more = "granted", part.asked_for
        part.renew(rounds.today, rounds.works)


def _is_undecided(case: Case, part: Part) -> bool:
    return case.runs(part) and part.extended in {"asked", "consented", "declined"}


def grants_none(rounds: Rounds, _: Case) -> None:
    found = _asked(rounds, _is_undecided)
    if found is None:
        return
    case, part = found
    by = rounds.somebody(rounds.office[0])
    waits = _is_undecided(case, part)
    if rounds.play(
        "clocks.refuse_extension",
        rounds.is_office(by) and waits,
        lambda: clocks.refuse_extension(
            rounds.page(Extension, part.extension), words="请按期。", by=by, today=rounds.today
        ),
    ):
        part.extended = "refused"


def recomputes(rounds: Rounds, _: Case) -> None:
    """调整期限 of all that is on the list; then each day is what the calendar gives."""
    by = rounds.somebody(rounds.office[0])
    with rounds.at_ten():
        found = due_changes(rounds.today)
    if not rounds.play(
        "clocks.recompute",
        rounds.is_office(by) and found,
        lambda: clocks.recompute(seal=seal_of(found), by=by, today=rounds.today),
    ):
        return
    for part in (part for case in rounds.cases for part in case.parts):
        if part.state in {"handed", "received", "objected"}:
            part.renew(rounds.today, rounds.works)
        elif part.rate_until and part.replied and part.rate_until >= rounds.today:
            last = add_working_days(part.replied, RATE_DAYS, rounds.works)
            part.rate_until = kept(part.rate_until, last, rounds.today)
    for paper in rounds.papers:
        if paper.heard and paper.until and paper.is_heard_on(rounds.today):
            last = add_working_days(paper.heard, HEARD_DAYS, rounds.works)
            paper.until = kept(paper.until, last, rounds.today)
    with rounds.at_ten():
        if left := due_changes(rounds.today):
            rounds.breaks(f"{len(left)} days differ still")
