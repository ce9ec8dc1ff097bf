"""数字的汉字写法, as the numbers of terms, sessions and committees are written."""

DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """十九, 二十, 二十一: up to 99."""
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return lead + (DIGITS[ones] if ones or not tens else "")
