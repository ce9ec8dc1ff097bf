"""统计: whatever a year holds, its numbers add up where the page says so, and nowhere else."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.counting import RATIOS, counted, items
from proposals.figures import Asked, Case, Level, Objected, Promised, Share, split
from proposals.measures import CLASSES, MEASURES
from proposals.states import Stage, State

DAY = date(2026, 3, 2)
UNITS = st.integers(1, 4)
LEVELS = [Level(place, key) for place, (key, _) in enumerate(CLASSES)]
TAKEN = (State.ACCEPTED, State.REHEARSED, State.ASSIGNED, State.ANSWERED, State.PUBLISHED)


@st.composite
def shares(draw, unit, answered):
    done = answered or draw(st.booleans())
    level = draw(st.sampled_from(LEVELS)) if done else None
    return Share(
        unit,
        DAY,
        DAY + timedelta(90),
        DAY + timedelta(draw(st.integers(1, 150))) if done else None,
        "done" if done else draw(st.sampled_from(("ok", "soon", "late", "paused"))),
        level,
        draw(st.sampled_from(LEVELS)) if level else None,
        bool(level) and draw(st.booleans()),
        frozenset(draw(st.sets(st.sampled_from(list(Stage))))),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.integers(0, 2)),
        tuple(Asked("", each.meaning) for each in draw(st.lists(st.sampled_from(LEVELS))))
        if done
        else (),
        tuple(Promised("", each, not each) for each in draw(st.lists(st.booleans())))
        if done
        else (),
    )


@st.composite
def cases(draw):
    """Any proposal that the tables and constraints allow."""
    state = draw(st.sampled_from([each for each in State if each != State.SIGNING]))
    merged = state == State.MERGED or (state in TAKEN[3:] and draw(st.booleans()))
    handled = draw(st.sampled_from(TAKEN)) if state == State.MERGED else state
    accepted = state in (*TAKEN, State.MERGED) or (state == State.WITHDRAWN and draw(st.booleans()))
    given_to = handled in TAKEN[2:]
    units = draw(st.lists(UNITS, min_size=1, max_size=3, unique=True)) if given_to else []
    whole = handled in TAKEN[3:]
    return Case(
        draw(st.integers(1, 10**6)),
        "",
        "",
        state,
        handled,
        accepted,
        tuple(draw(shares(unit, whole)) for unit in units),
        frozenset(draw(st.sets(UNITS))) - set(units) if given_to else frozenset(),
        tuple(Objected(unit, draw(st.booleans())) for unit in draw(st.sets(UNITS))),
        merged=merged,
        key=draw(st.booleans()),
        recurring=draw(st.booleans()),
        carried=draw(st.booleans()),
        ground=draw(st.integers(1, 3)) if state == State.REFUSED else None,
        area=draw(st.none() | st.integers(1, 3)),
        session=draw(st.sampled_from(("1", "2", "intersession"))),
        theme=draw(st.sampled_from(("", "水利饮水", "道路交通"))),
    )


YEARS = st.lists(cases(), max_size=12)


@settings(max_examples=30, deadline=None)
@given(YEARS)
def test_townships_fields_and_sessions_add_up_to_the_year(year):
    whole = counted(year).numbers
    for dimension in ("area", "theme", "session"):
        parts = [counted(each).numbers for each in split(year, dimension).values()]
        assert {key: sum(part[key] for part in parts) for key in MEASURES} == whole
    grounds = [counted(each).numbers["refused"] for each in split(year, "ground").values()]
    assert sum(grounds) == whole["refused"]


@settings(max_examples=30, deadline=None)
@given(YEARS)
def test_units_add_up_in_what_is_one_units_alone_and_exceed_the_year_by_what_is_shared(year):
    whole = counted(year).numbers
    parts = [counted(each).numbers for each in split(year, "unit").values()]
    for key in ("helped", "asks", "asks_solved", "steps", "kept", "missed"):
        assert sum(part[key] for part in parts) == whole[key]
    shared = sum(len(each.shares) - 1 for each in year if each.assigned)
    assert sum(part["assigned"] for part in parts) == whole["assigned"] + shared
    for key in ("rehandled", "extended", "paused"):
        assert sum(part[key] for part in parts) >= whole[key]


@settings(max_examples=30, deadline=None)
@given(YEARS)
def test_each_stop_of_the_course_is_the_sum_of_what_became_of_it(year):
    n = counted(year).numbers
    ended = n["refused"] + n["letter"] + n["withdrawn"] + n["reviewing"]
    assert n["raised"] == len(year) == n["accepted"] + ended
    assert n["accepted"] == n["waiting"] + n["assigned"]
    assert n["assigned"] == n["answered"] + n["in_hand"]
    assert n["answered"] == n["on_time"] + n["late_answered"]
    classes = [n[f"{when}_{key}"] for when in ("signed", "now") for key, _ in CLASSES]
    assert n["answered"] == sum(classes[:4]) == sum(classes[4:]) + n["revoked"]
    for ratio in RATIOS:
        rate = counted(year).rate(ratio)
        assert rate == "" or 0 <= float(rate) <= 100
    assert all(len(items(year, key)) == number for key, number in n.items())
