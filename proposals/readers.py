"""谁来读: in what part somebody reads of a proposal's trail, and the parts that read together."""

from enum import Flag, auto


class Reader(Flag):
    """In what part somebody reads. Of a unit's part only that unit does, but for the two named."""

    PUBLIC = auto()
    INVITED = auto()
    """A deputy of the congress, while the text is open to signatures."""
    ASKED = auto()
    """A deputy asked by name to sign, of that question and their own answer."""
    SIGNER = auto()
    LEAD = auto()
    ANSWERING = auto()
    """主办、分办, of its own part."""
    ASSISTING = auto()
    """会办、协办, of its own part."""
    HELPED = auto()
    """主办, of the parts that write to it; 分办 answers for itself."""
    JOINT = auto()
    """会办, of the draft that it signs with the lead unit."""
    COPIED = auto()
    """The unit that the letter is copied to, of an open reply to a proposal that it handles too."""
    OBJECTOR = auto()
    """The unit that objected, of its objection, also after the part has gone to another.

    So too of its request for more months, which ends when the part goes.
    """
    FORMER = auto()
    """The unit that has its part no more, of the sheet or the withdrawal that took it."""
    OFFICE = auto()
    RATINGS = auto()
    """代工委, and a township's office of its own: which asks about ratings, decides, reads them."""
    LOG = auto()
    """办理痕迹 in the browser admin: the desk finds there also what is nobody's news."""


NOBODY = Reader(0)
QUIET = Reader.LOG
"""Steps of rows that another event of the same deed tells of."""
DESK = Reader.OFFICE | Reader.LOG
UNITS = Reader.ANSWERING | Reader.ASSISTING
DEPUTIES = Reader.SIGNER | Reader.LEAD | DESK
SIGNING = DEPUTIES | Reader.INVITED
PARTIES = DEPUTIES | UNITS
EVERYBODY = PARTIES | Reader.PUBLIC | Reader.INVITED
OUTSIDE = DEPUTIES | Reader.PUBLIC | Reader.INVITED
"""Units read of their own part instead."""
OWN = UNITS | DESK
BOTH_SIDES = Reader.LEAD | UNITS | DESK
ASKING = Reader.LEAD | Reader.ASKED | Reader.LOG
HEARD = Reader.OBJECTOR | DESK
KNOWN = BOTH_SIDES | Reader.SIGNER | Reader.PUBLIC
"""What became of an answer; of one that is not published the public reads nothing."""
