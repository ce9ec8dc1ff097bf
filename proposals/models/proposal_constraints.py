"""What can never be false of a proposal."""

from django.db import models
from django.db.models import Q

from proposals.states import ANSWERED, BEFORE_NUMBER, HANDED_OVER, NUMBERED, State

CONSTRAINTS = [
    models.UniqueConstraint(
        name="proposal_number_is_unique", fields=("number",), condition=~Q(number="")
    ),
    models.CheckConstraint(
        name="proposal_accepted_has_number",
        condition=Q(state__in=NUMBERED) & ~Q(number="")
        | Q(state__in=BEFORE_NUMBER, number="")
        | Q(state=State.WITHDRAWN),
        violation_error_message="受理后的建议必须有编号。",
    ),
    models.CheckConstraint(
        name="proposal_number_comes_with_its_day",
        condition=Q(number="", accepted_on__isnull=True)
        | (~Q(number="") & Q(accepted_on__isnull=False)),
    ),
    models.CheckConstraint(
        name="proposal_in_hand_has_due_date",
        condition=~Q(state__in=HANDED_OVER)
        | Q(due_on__isnull=False)
        | Q(merged_into__isnull=False),
        violation_error_message="交办后的建议必须有答复期限。",
    ),
    models.CheckConstraint(
        name="proposal_answered_has_date",
        condition=Q(state__in=ANSWERED, answered_on__isnull=False)
        | (~Q(state__in=ANSWERED) & Q(answered_on__isnull=True)),
    ),
    models.CheckConstraint(
        name="proposal_published_has_who_and_when",
        condition=Q(state=State.PUBLISHED, published_on__isnull=False, published_by__isnull=False)
        | (~Q(state=State.PUBLISHED) & Q(published_on__isnull=True, published_by__isnull=True)),
    ),
    models.CheckConstraint(
        name="proposal_reply_withheld_alone_and_unpublished",
        condition=Q(reply_withheld_reason="") | (Q(withheld_reason="") & ~Q(state=State.PUBLISHED)),
    ),
    models.CheckConstraint(
        name="proposal_returned_says_why",
        condition=~Q(state=State.RETURNED) | ~Q(return_reason=""),
    ),
    models.CheckConstraint(
        name="proposal_signing_ends_some_day",
        condition=Q(state=State.SIGNING, sign_until__isnull=False, submitted_on__isnull=True)
        | (~Q(state=State.SIGNING) & Q(submitted_on__isnull=False))
        | Q(state=State.WITHDRAWN),
    ),
    models.CheckConstraint(
        name="proposal_refused_has_its_ground",
        condition=Q(state=State.REFUSED, ground__isnull=False)
        | (~Q(state=State.REFUSED) & Q(ground__isnull=True)),
        violation_error_message="不予受理要写明属于哪一种情形。",
    ),
    models.CheckConstraint(
        name="proposal_closed_says_why",
        condition=~Q(state__in=(State.REFUSED, State.LETTER, State.WITHDRAWN))
        | ~Q(closing_words=""),
    ),
    models.CheckConstraint(
        name="proposal_merged_into_another",
        condition=Q(state=State.MERGED, merged_into__isnull=False)
        | Q(state__in=ANSWERED)
        | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
    ),
    models.CheckConstraint(
        name="proposal_never_merged_into_itself",
        condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")),
    ),
]
