"""领衔代表对延期的意见: given, refused, awaited, or to be had of nobody any more.

Refusal, list and trail ask here.
"""

from collections.abc import Iterable
from datetime import date
from enum import Enum

from congress.shared.calendar import working_days_until
from congress.shared.models import Workday
from proposals.models import Extension, Proposal
from proposals.rules import CONSENT, CONSENT_DAYS


class Word(Enum):
    """How it stands with the lead deputy's word."""

    GIVEN = "代表已同意"
    REFUSED = "代表不同意"
    AWAITED = "等代表同意"
    SILENT = "代表没有答复"
    GONE = "领衔代表不在任"
    OWN = "申请人就是领衔代表"
    NEEDLESS = "不用代表同意"


DECIDED_ALONE = frozenset({Word.SILENT, Word.GONE, Word.OWN})
"""The office decides without it, and says so."""


class LeadsWord:
    """Of these requests on this day, the figures and the calendar fetched once."""

    def __init__(self, today: date, asked: Iterable[Extension]) -> None:
        self.today, self.needed = today, bool(CONSENT.on(today))
        self.days, self.works = CONSENT_DAYS.on(today), Workday.objects.works()
        numbers = {each.assignment.proposal_id for each in asked}
        left = Proposal.objects.filter(pk__in=numbers).spoken_for_by_nobody(today)
        self.left = set(left.values_list("pk", flat=True))

    def of(self, asked: Extension) -> Word:
        """Silence of more than so many working days is no hindrance, nor that nobody can speak.

        Nor one who asked for it themselves, for the unit: nobody consents to their own request.
        """
        if asked.declined_at:
            return Word.REFUSED
        if asked.consented_at:
            return Word.GIVEN
        if not self.needed:
            return Word.NEEDLESS
        if asked.assignment.proposal_id in self.left:
            return Word.GONE
        if asked.by_lead:
            return Word.OWN
        silent = working_days_until(asked.asked_on, self.today, self.works) > self.days
        return Word.SILENT if silent else Word.AWAITED

    def why_not(self, asked: Extension) -> str | None:
        """Why the office cannot grant it yet, or at all."""
        word = self.of(asked)
        if self.needed and word is Word.REFUSED:
            return "领衔代表不同意延期，不能批准，请答复单位不同意。"
        if word is Word.AWAITED:
            return f"还要领衔代表同意，才能批准延期；满 {self.days} 个工作日不答复，由代工委决定。"
        return None
