"""What a verb says when it will not act."""

from django.core.exceptions import BadRequest

REFUSED = "refused"
"""The mark of a form's error that is none of its own: it is right, but things do not stand so."""


class NoSuchAddress(BadRequest):
    """An address asks for what no page of ours has; the sentence stands on the 400 page."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Exception):
    """A verb refuses; the sentence says why, and what to do instead. Shown as a 409 page."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
