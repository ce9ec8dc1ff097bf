"""电话号码、身份证号 in a text: which stand in it, and the text without them. Pure.

Whoever must call a citizen back reads them; the public never does. A local number without its
area code is told from other figures by the words before it: 电话、座机、热线 say what it is; after
致电、号码、区号 it stands at once, after 联系 and somebody's name it ends the clause. Sums, counts,
days and numbers of files are none of these.
"""

import re

MOBILE = "(?:[+]?86[- ]?)?1[3-9][0-9](?:[- ]?[0-9]){8}"
FIXED = "[(]?0[1-9][0-9]{1,2}[)]?[- ]{0,2}[2-9](?:[- ]?[0-9]){6,7}"
LOCAL = "[2-9](?:[- ]?[0-9]){6,7}"
NOT_COUNTED = "(?![0-9]| ?(?:[元个户部台吨米%％]|公里|公斤|平方|号文))"
"""Seven figures before 元 or 户 are a sum, whatever stands before them."""
SAID = (
    "(?:电话|座机|固话|热线|传真|联系方式|(?<![A-Za-z])[Tt][Ee][Ll])"
    '(?:号码|[号是为打请拨 :：.“"]|[(][^()0-9]{0,12}[)]|[(](?!0)){0,6}'
)
TELEPHONE = f"(?:{MOBILE}|{FIXED}|{LOCAL})"
EACH = f"{TELEPHONE}{NOT_COUNTED}"
NO_DAY = (
    "(?!(?:19|20)[0-9]{2}[- ]?"
    "(?:(?:0[1-9]|1[0-2])[- ]?(?:[0-2][0-9]|3[01])|(?:19|20)[0-9]{2})(?![0-9]))"
)
"""20261129, 2026-11-29 and 2025-2026 are days and years."""
REACHED = (
    "(?:致电|拨打|来电|回电|联系|[☎📞]|(?<![证件票案牌编文照册函单])号码"
    '|区号[是为:： ]{0,2}0[1-9][0-9]{1,2}[，,、 ]{0,2})[号是为打请拨至到 :：“"]{0,4}'
    f"(?={NO_DAY}{TELEPHONE}(?![0-9]|[.．][0-9]| ?[元个户部台吨米%％人名次件条家亩株块万亿年]"
    "| ?(?:公里|公斤|平方|号)))"
)
"""Where one is called: the number follows at once, and nothing is counted by it."""
SOMEBODY = (
    "(?:联系|致电|拨打|来电)[^0-9A-Za-z¥￥。；;!！?？〔#额资积编号码账期计共元\n]{1,14}"
    f'(?={NO_DAY}{TELEPHONE}(?![0-9])(?:[.](?![0-9])| ?(?:$|[，。；、,;)！!？?”"\n]|转|或|和|及)))'
)
"""Where somebody is named whom one calls: the clause ends with the number."""
ANY = (
    "(?<![0-9])(?:"
    "[1-9][0-9]{5} ?(?:18|19|20)[0-9]{2} ?(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01]) ?[0-9]{3}[0-9Xx]"
    "|[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])[0-9]{3}"
    f"|{MOBILE}|{FIXED}"
    f")(?![0-9])|({SAID}|{REACHED}|{SOMEBODY}){EACH}(?: ?[、，,;；/或和及] ?{EACH})*"
)
"""身份证 of 18 and of 15 digits, mobile and fixed telephones, and what follows the word 电话, which
alone is a group; read alike by the database."""
MASK = "【号码不公开】"
TYPED, MEANT = "０１２３４５６７８９Ｘｘ－—–　（）\u00a0", "0123456789Xx--- () "
WIDE = str.maketrans(TYPED, MEANT)
"""As typed on a Chinese keyboard; each character stays one, so that places stay too."""
FOUND = re.compile(ANY)


def numbers_in(*texts: str) -> list[str]:
    """Each as it was typed, once, in the order in which they stand."""
    found = [text[start:end] for text in texts for start, end in _places(text)]
    return list(dict.fromkeys(found))


def of_people(text: str) -> list[str]:
    """身份证 and mobile telephones alone: an office's own line may be told to whoever asks."""
    found = [
        (each, "".join(filter(str.isalnum, each.translate(WIDE)))) for each in numbers_in(text)
    ]
    return [each for each, plain in found if len(plain) >= 15 or plain[-11:].startswith("1")]


def masked(text: str, word: str = MASK) -> str:
    """For the public: a word stands where each of them stood."""
    kept, last = [], 0
    for start, end in _places(text):
        kept += [text[last:start], word]
        last = end
    return "".join(kept) + text[last:]


def _places(text: str) -> list[tuple[int, int]]:
    """From where to where, without the word that says what it is."""
    found = FOUND.finditer(text.translate(WIDE))
    return [(each.end(1) if each[1] else each.start(), each.end()) for each in found]
