"""电话号码、身份证号 in a text: which stand in it, and the text without them. Pure.

Whoever must call a citizen back reads them; the public never does. A local number without its
area code is not told from other figures, and stays.
"""

import re

ANY = (
    "(?<![0-9])(?:"
    "[1-9][0-9]{5} ?(?:18|19|20)[0-9]{2} ?(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01]) ?[0-9]{3}[0-9Xx]"
    "|[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])[0-9]{3}"
    "|(?:[+]?86[- ]?)?1[3-9][0-9](?:[- ]?[0-9]){8}"
    "|[(]?0[1-9][0-9]{1,2}[)]?[- ]?[2-9](?:[- ]?[0-9]){6,7}"
    ")(?![0-9])"
)
"""身份证 of 18 and of 15 digits, mobile and fixed telephones; read alike by the database."""
MASK = "【号码不公开】"
WIDE = str.maketrans("０１２３４５６７８９Ｘｘ－—–　（）\u00a0", "0123456789Xx--- () ")
"""As typed on a Chinese keyboard; each character stays one, so that places stay too."""
FOUND = re.compile(ANY)


def numbers_in(*texts: str) -> list[str]:
    """Each as it was typed, once, in the order in which they stand."""
    found = [
        text[each.start() : each.end()]
        for text in texts
        for each in FOUND.finditer(text.translate(WIDE))
    ]
    return list(dict.fromkeys(found))


def masked(text: str) -> str:
    """For the public: a word stands where each of them stood."""
    kept, last = [], 0
    for each in FOUND.finditer(text.translate(WIDE)):
        kept += [text[last : each.start()], MASK]
        last = each.end()
    return "".join(kept) + text[last:]
