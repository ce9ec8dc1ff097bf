"""What befalls between two days in the machine: a lead leaves, the calendar changes late."""

from typing import TYPE_CHECKING

from congress.shared.models import Workday
from deputies.models import Deputy
from proposals.actions.leaving import end_calls
from tests import make

if TYPE_CHECKING:
    from tests.campaigns.rounds import Rounds

FEWEST = 5
"""So many stay in each congress."""


def lead_leaves(rounds: "Rounds") -> None:
    """终止资格, of somebody with a proposal on its way; what they gathered signatures for ends."""
    leads = sorted({case.lead for case in rounds.cases if len(rounds.seated(case)) > FEWEST})
    leads = [lead for lead in leads if lead not in rounds.gone]
    if not leads:
        return
    gone = rounds.dice.choice(leads)
    make.leaves(Deputy.objects.get(pk=gone), rounds.today)
    end_calls(rounds.today)
    rounds.gone |= {gone}
    rounds.deputies = [each for each in rounds.deputies if each.pk != gone]
    rounds.townspeople = [each for each in rounds.townspeople if each.pk != gone]
    left = rounds.as_deputy[gone]
    rounds.everybody = [each for each in rounds.everybody if each != left]
    rounds.did["a lead leaves"] += 1
    for case in [each for each in rounds.cases if (each.lead, each.state) == (gone, "signing")]:
        case.state = "withdrawn"
        rounds.closes(case)


def late_holiday(rounds: "Rounds") -> None:
    """A last day that somebody has turns out to be none; until 调整期限 it stands as it was."""
    days = {part.due for case in rounds.cases for part in case.parts if part.due}
    days |= {part.rate_until for case in rounds.cases for part in case.parts if part.rate_until}
    days |= {paper.until for paper in rounds.papers if paper.until}
    open_days = sorted(day for day in days if day >= rounds.today and rounds.works(day))
    if not open_days:
        return
    on = rounds.dice.choice(open_days)
    Workday.objects.update_or_create(on=on, defaults={"works": False, "reason": "临时放假"})
    rounds.works = Workday.objects.works()
    rounds.did["a late holiday"] += 1
