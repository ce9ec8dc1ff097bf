"""What a verb says when it will not act."""

REFUSED = "refused"
"""The mark of a form's error that is none of its own: it is right, but things do not stand so."""


class Refused(Exception):
    """A verb refuses; the sentence says why, and what to do instead. Shown as a 409 page."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
