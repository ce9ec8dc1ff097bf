"""找建议: by number, by words of the title, by who leads it; each word narrows down."""

from django.db.models import F, Func, Q, Value

from congress.shared.personal_numbers import ANY, MASK, MEANT, TYPED, WIDE
from deputies.queries.search import words
from proposals.models.proposal_rows import ProposalQuerySet

MOST_WORDS = 6
TITLE_TOLD = Func(
    Func(F("title"), Value(TYPED), Value(MEANT), function="translate"),
    *(Value(ANY), Value(rf"\1{MASK}"), Value("g")),
    function="regexp_replace",
)
"""`Proposal.public_title`, to the database: no number can be guessed by searching for it."""


def as_told(word: str) -> str:
    """A word as `TITLE_TOLD` would have it."""
    return word.translate(WIDE)


def found(rows: ProposalQuerySet, asked: str, *, whole: Q | None = None) -> ProposalQuerySet:
    """Those of `rows` that answer to every word, the newest first; nothing typed finds none.

    By a telephone or identity number in its title only those that the reader reads `whole`.
    """
    cut = words(asked)[:MOST_WORDS]
    if not cut:
        return rows.none()
    rows = rows.annotate(told=TITLE_TOLD)
    for word in cut:
        title = Q(told__icontains=as_told(word))
        if whole is not None:
            title |= Q(title__icontains=word) & whole
        rows = rows.filter(
            Q(number__startswith=word)
            | Q(number__endswith=word)
            | title
            | Q(lead__name__contains=word)
        )
    return rows.order_by("-submitted_on", "-id")
