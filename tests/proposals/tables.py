"""Random tables of 满意度, and all that may be behind what of them is shown.

Used by the suite with a few tables and by `make campaign ONLY=disclosure` with many.
"""

from itertools import combinations, product

from proposals.disclosure import Form, Limits, Row, choose, rows, together, too_small

LIMITS = Limits(2, 2, 4)
"""Smaller than any county's, so that small tables, of which all worlds can be tried, show some."""
LIKELY = {"process": (6, 3, 1), "result": (4, 3, 2), "asks": (4, 3, 2)}


def forms(dice):
    """Of some units; each is rated by somebody in every measure, or by nobody in none.

    Some units have answered what is withheld as a whole besides, some nothing else.
    """
    likely = dice.choice([0.1, 0.3, 0.5])
    units = [
        [dice.randint(0, 3) for _ in range(dice.choice((1, 2, 2, 3, 4, 5)))]
        for _ in range(dice.randint(2, 5))
    ]
    found = [
        Form(_row(at + 1, number, asks, likely, dice), withheld=False)
        for at, sent in enumerate(units)
        for number, asks in enumerate(sent)
    ]
    kept = [dice.randint(1, len(units) + 1) for _ in range(dice.choice((0, 1, 1, 2, 3)))]
    return found + [
        Form(_row(unit, 50 + at, dice.randint(0, 3), likely, dice), withheld=True)
        for at, unit in enumerate(kept)
    ]


def _row(unit, at, asks, likely, dice):
    """One form."""
    counts = {measure: [0, 0, 0, 0] for measure in LIKELY}
    rated = dice.random() >= likely
    for measure, sent in (("process", 1), ("result", 1), ("asks", asks)):
        for _ in range(sent):
            grade = dice.choices(range(3), LIKELY[measure])[0] if rated else 3
            counts[measure][grade] += 1
    raters = frozenset({unit * 100 + at} if rated else ())
    return Row(unit, raters, {measure: tuple(each) for measure, each in counts.items()}, (asks,))


def betrayed(sent):
    """What somebody finds who counts the forms that are public, and subtracts."""
    public = [form.row for form in sent if not form.withheld]
    told = rows(sent)
    units = {each.unit for each in public} | {each.unit for each in told}
    counted = {
        unit: sum((each.forms for each in public if each.unit == unit), ()) for unit in units
    }
    said = {each.unit: each for each in told}
    return [
        unit
        for unit in sorted(units)
        if unit not in said
        or said[unit].forms != counted[unit]
        or sum(said[unit].counts["process"]) != len(counted[unit])
    ]


def determined(of, shown):
    """The hidden cells that have one value in every world that what is shown leaves.

    A world says of each reply whether it was rated, and how many of each row's forms have which
    grade, in all measures. Nothing is reckoned: each is written out, by somebody who can count.
    """
    hidden = [row for row in of if row.unit not in shown.units]
    if not hidden or not shown.total:
        return [] if shown.total or not hidden else _rows_alone(hidden)
    left = together(hidden).counts
    never = sum(sum(row.counts.get("asks", ())) - sum(row.forms) for row in hidden)
    asks_left = left["asks"][3] - never if "asks" in left else 0
    chosen = [
        way
        for way in product(*(_unrated(row.forms) for row in hidden))
        if sum(replies for replies, _ in way) == left["process"][3]
        and sum(asks for _, asks in way) == asks_left
    ]
    found = []
    for measure, columns in left.items():
        by_ask = measure == "asks"
        sent = [sum(row.forms) if by_ask else len(row.forms) for row in hidden]
        seen = [[set() for _ in range(4)] for _ in hidden]
        wanted = [cells for cells, forms in zip(seen, sent, strict=True) if forms]
        for unrated in sorted({tuple(each[by_ask] for each in way) for way in chosen}):
            rated = [forms - empty for forms, empty in zip(sent, unrated, strict=True)]
            for world in _filled(rated, columns[:3]):
                for cells, grades, empty in zip(seen, world, unrated, strict=True):
                    for cell, value in zip(cells, (*grades, empty), strict=True):
                        cell.add(value)
                if all(len(cell) > 1 for cells in wanted for cell in cells):
                    break
        for row, cells, forms in zip(hidden, seen, sent, strict=True):
            found += [
                (row.unit, measure, at) for at, cell in enumerate(cells) if forms and len(cell) < 2
            ]
    return found


def _rows_alone(hidden):
    """Without a total nothing but its number of forms is known of a row: each cell is 0 or more."""
    return [row.unit for row in hidden if not row.forms]


def _unrated(forms):
    """How many forms may be empty, with how many asks on them."""
    sets = (each for size in range(len(forms) + 1) for each in combinations(forms, size))
    return {(len(each), sum(each)) for each in sets}


def _filled(lines, columns):
    """Every way to share so many of each grade out to rows of so many forms."""
    if not lines:
        if not any(columns):
            yield ()
        return
    best, middle, worst = columns
    for one in range(min(lines[0], best) + 1):
        for two in range(min(lines[0] - one, middle) + 1):
            three = lines[0] - one - two
            if three <= worst:
                rest = (best - one, middle - two, worst - three)
                for below in _filled(lines[1:], rest):
                    yield ((one, two, three), *below)


def broken(of, limits=LIMITS):
    """What of this table can be solved, or was shown though it is small; empty when all is well."""
    shown = choose(of, limits)
    small = [row.unit for row in of if row.unit in shown.units and too_small(row, limits)]
    return determined(of, shown) + small
