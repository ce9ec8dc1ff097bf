"""履职清单's own numbers for the items that the program itself tells of, counts or hides.

The rows are data (migration 0002); these are the few whose meaning is written into code.
"""

OF_A_WHOLE_CONGRESS = ("M1", "M2", "M3", "A1", "A5", "S3", "B9")
"""What the committee calls for the whole congress; no group holds one of its own."""
AWARDS = ("B3", "B4", "B5", "B6", "B7", "B8")
"""荣誉和成果: of one person, with a certificate; nobody is called to them and no roll is called."""
AWARDS_BY_LEVEL = ("B4", "B5", "B6", "B7")
"""表彰: of one matter only the highest level counts, so each names its matter (奖项或事由)."""
CONGRESS_MEETING = "M1"
"""出席人代会: the one item whose unapproved absence the law counts (代表法第六十二条)."""
SPEECHES = ("M2", "B9")
"""审议发言."""
SUPERVISION = "A5"
"""参加督办."""
LED = "P2"
"""领衔提出建议, at a session."""
COSIGNED = "P3"
"""附议."""
RATED = "P4"
"""见面和评价, behind the unit's back (背靠背): on a public page not even its day may show."""
LED_BETWEEN_SESSIONS = "P5"
"""闭会期间建议."""
KEY_LED = "B1"
"""所提建议被列为年度重点建议（领衔）."""
KEY_SIGNED = "B2"
"""所提建议被列为年度重点建议（联名）."""
ACTIVITIES = "A"
"""参加活动: what every code of such an item begins with, under whatever category it stands."""
CONTACT = "C"
"""联系群众: what every code of such an item begins with."""
BONUS = "B"
"""附加: what every code of such an item begins with."""
RECEPTION = "C1"
"""逢十接待日接待选民."""
VISIT = "C2"
"""走访选民."""
REPORT_TO_VOTERS = "C5"
"""述职."""
LESSONS = ("S1", "S2")
"""学习培训."""
SAME_OCCASION = (
    ("A1", "A2", "A3", "A4", "A5"),
    ("M3", "M4"),
    ("C1", "C4"),
)
"""同一件事: one outing, one meeting, one hour with voters, told under the name that each knows.

The one who called it and the one who came need not choose the same item; on one day of one deputy
such items are looked at side by side. A speech (M2, B9) goes with its meeting and is no twin of it.
"""
OCCASIONS = {code: codes for codes in SAME_OCCASION for code in codes}
"""Each such item with those of its occasion; any other is an occasion by itself."""
