"""人名: the order of published lists, how surnames are read and names stored. People invented."""

import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from congress.shared.names import (
    KEY_LENGTH,
    clean_name,
    display_name,
    pinyin_key,
    says_something,
    shows_something,
    stroke_key,
    syllables,
)

NAMES = """
丁一鸣 丁卫东 卜庆元 刁玉山 干小满 于文 于大川 万堃 马力 马建国 王方 王小川 王方圆 王宝山
韦一民 尤金花 车有田 毛三 仇万里 文喜 方正 邓大海 邓小雨 石磊 龙飞 叶青 田野 付春 白露 冯山
司马长风 吕良 朱大年 乔木 任重 华山 刘一 刘洋 齐心 关山月 江水 汤和 许诺 孙小果 牟平 杜鹃 李丽
李白云 杨帆 吴桐 何苗 余庆 汪洋 沈静 宋词 张弓 张三丰 陆地 陈十 陈一丁 武威 范围 林木森 欧阳海
罗列 金山 周而 郑重 单春 胡杨 柯山 查良 钟声 段长 侯明 姜维 袁野 贾平 夏雨 徐来 高山 郭城 唐风
黄河 曹操练 龚大春 覃山 程门 曾经 谢天 赖以生 蔡田 廖远 谭秋 熊开 颜如 潘江 薛宝 魏来
"""
"""Two strokes to seventeen; equal counts by 横竖撇点折; of one surname the given names of one
character first, then by the given name in the same way."""
PUBLISHED = NAMES.split()


def test_names_stand_in_the_order_of_published_lists():
    by_sound = sorted(PUBLISHED, key=pinyin_key)
    assert sorted(by_sound, key=stroke_key) == PUBLISHED


@pytest.mark.parametrize(
    ("char", "kinds"),
    [
        *(("丁", "12"), ("力", "53"), ("卜", "24"), ("马", "551"), ("王", "1121"), ("邓", "5452")),
        *(("仇", "3235"), ("叶", "25112"), ("冯", "41551"), ("陈", "5215234"), ("子", "521")),
        *(("水", "2534"), ("家", "4451353334"), ("堃", "41534153121"), ("鿍", "121354152")),
        *(("㛃", "111253531"), ("喆", "121251121251"), ("骉", "551551551")),
        *(("德", "332122522114544"), ("𬱖", "25121132534")),
    ],
)
def test_a_character_is_counted_and_written_as_in_the_national_standard(char, kinds):
    assert stroke_key(char).startswith(f"{len(kinds):02d}{kinds}")


def test_a_compound_surname_is_one_surname():
    names = ["司文", "司马一", "司空大", "欧小明", "欧阳一"]
    ordered = ["司文", "司马一", "司空大", "欧小明", "欧阳一"]
    assert sorted(names, key=stroke_key) == ordered
    assert sorted(["夏侯一", "夏震天"], key=stroke_key) == ["夏震天", "夏侯一"]
    assert sorted(["诸葛一", "诸青云"], key=stroke_key) == ["诸青云", "诸葛一"]


def test_two_characters_are_a_surname_and_a_given_name_and_no_compound():
    assert sorted(["夏侯", "夏雨"], key=stroke_key) == ["夏雨", "夏侯"]
    assert sorted(["夏侯", "夏震天"], key=stroke_key) == ["夏侯", "夏震天"]


def test_strokes_said_by_hand_stand_instead_of_the_tables():
    assert stroke_key("\ue863王") > stroke_key("龘王")
    assert stroke_key("\ue863王", "12") < stroke_key("三王")
    assert stroke_key("丁一", "") == stroke_key("丁一")


def test_a_reading_said_by_hand_stands_instead_of_the_tables():
    assert syllables("单伟", "dan wei4") == ("dan", "wei")
    assert pinyin_key("单伟", "dan wei") < pinyin_key("邓一") < pinyin_key("单伟")
    assert syllables("单伟", "dan") == ("shan", "wei")


def test_equal_strokes_put_plain_kinds_before_their_variants():
    assert sorted("于干", key=stroke_key) == ["干", "于"]
    assert sorted("查相", key=stroke_key) == ["相", "查"]
    assert stroke_key("土") != stroke_key("士")


def test_equal_strokes_put_left_and_right_before_top_and_bottom_before_the_rest():
    ordered = ["孔一", "巴一", "叶一", "申一", "次一", "衣一", "相一", "查一"]
    backwards = ordered[::-1]
    assert sorted(backwards, key=stroke_key) == ordered
    assert sorted(["王晕", "王晖", "李峯", "李峰"], key=stroke_key) == [
        "王晖",
        "王晕",
        "李峰",
        "李峯",
    ]


def test_names_with_a_dot_stand_by_their_characters():
    ordered = ["巴音", "巴特尔", "巴·特尔吉", "艾一", "艾力·买买提", "艾山·尼亚孜"]
    backwards = ordered[::-1]
    assert sorted(backwards, key=stroke_key) == ordered


def test_traditional_and_rare_characters_count_as_they_are_written():
    ordered = ["陈一", "张一", "陳一", "張一", "王〇一", "王一〇"]
    assert sorted(ordered, key=stroke_key) == ["王一〇", "王〇一", "张一", "陈一", "陳一", "張一"]
    assert stroke_key("𬱖")[:2] == "11"


def test_a_shorter_name_stands_before_the_longer_one_it_begins():
    assert sorted(["李明亮", "李明", "李"], key=stroke_key) == ["李", "李明", "李明亮"]


def test_unknown_characters_stand_last_and_always_in_the_same_order():
    names = ["𪚥王", "\ue863王", "Anna", "龘一", "王一"]
    assert sorted(names, key=stroke_key) == ["王一", "龘一", "Anna", "\ue863王", "𪚥王"]
    assert sorted(names, key=pinyin_key)[:2] == ["龘一", "王一"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("曾明", "zeng ming"), ("仇明", "qiu ming"), ("单明", "shan ming")),
        *(("覃明", "qin ming"), ("解明", "xie ming"), ("查明", "zha ming"), ("盖明", "ge ming")),
        *(("乐明", "yue ming"), ("区明", "ou ming"), ("朴明", "piao ming")),
        *(("缪明", "miao ming"), ("冼明", "xian ming"), ("翟明", "zhai ming")),
        *(("任明", "ren ming"), ("卜明", "bu ming"), ("尉明", "wei ming"), ("万明", "wan ming")),
        *(("尉迟大明", "yu chi da ming"), ("万俟明", "mo qi ming"), ("单于明", "chan yu ming")),
        *(("令狐明", "ling hu ming"), ("长孙明", "zhang sun ming"), ("欧阳明", "ou yang ming")),
        *(("王晟", "wang sheng"), ("明曾", "ming ceng"), ("吕绿", "lv lv"), ("罗㛃", "luo jie")),
        ("阿依古丽·买买提", "a yi gu li mai mai ti"),
    ],
)
def test_a_surname_is_read_as_a_surname(name, typed):
    assert " ".join(syllables(name)) == typed


def test_pinyin_puts_syllable_before_tone_and_keeps_a_surname_together():
    names = ["章一", "张三", "张一", "詹一", "掌一", "曾一", "仇一", "单一", "常一"]
    ordered = ["常一", "仇一", "单一", "曾一", "詹一", "张三", "张一", "章一", "掌一"]
    assert sorted(names, key=pinyin_key) == ordered


def test_a_cleaned_name_has_no_spaces_and_one_kind_of_dot():
    assert clean_name(" 王\u3000伟 \u200b\ufeff") == "王伟"
    assert clean_name("阿 依•古丽．") == "阿依·古丽"
    assert clean_name("\u3000") == ""
    assert clean_name("\uf9e1明") == "李明"


def test_only_two_character_names_are_shown_with_a_wide_space():
    assert display_name("王伟") == "王\u3000伟"
    assert [display_name(name) for name in ("王大伟", "欧阳明明", "A李", "")] == [
        *("王大伟", "欧阳明明", "A李", "")
    ]


def test_keys_are_short_ascii():
    for name in PUBLISHED:
        assert stroke_key(name).isascii()
        assert pinyin_key(name).isascii()


def test_a_name_of_any_length_has_keys_that_fit_their_columns():
    name = "买买提吐尔逊·阿不都热合曼"
    assert len(stroke_key(name)) < len(pinyin_key(name)) < KEY_LENGTH
    assert len(stroke_key(name * 9)) == len(pinyin_key(name * 9)) == KEY_LENGTH


def test_of_one_surname_a_given_name_of_one_character_stands_first():
    ordered = ["王晨", "王一丁", "王沪生", "司马懿", "司马一丁", "李希", "李强", "李克明"]
    backwards = ordered[::-1]
    assert sorted(backwards, key=stroke_key) == ordered


def test_spaces_do_not_change_the_place():
    assert stroke_key("王\u3000伟") == stroke_key("王伟")
    assert pinyin_key("王\u3000伟") == pinyin_key("王伟")


def demo_names() -> list[str]:
    roster = Path(__file__).parents[2] / "demo" / "roster.xlsx"
    rows = CalamineWorkbook.from_path(roster).get_sheet_by_index(0).to_python()
    return [str(row[1]) for row in rows[3:]]


def test_every_name_of_the_demo_roster_is_known_and_has_a_key_of_its_own():
    names = demo_names()
    keys = [(stroke_key(name), pinyin_key(name)) for name in names]
    assert not [name for name, (strokes, pinyin) in zip(names, keys, strict=True) if "~" in pinyin]
    assert len({strokes for strokes, _ in keys}) == len({clean_name(name) for name in names})


def test_every_character_of_gb2312_is_known():
    unknown = [char for char in gb2312() if "~" in pinyin_key(char) or stroke_key(char)[:2] == "99"]
    assert unknown == []


def gb2312() -> list[str]:
    codes = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return [char for code in codes if (char := code.decode("gb2312", errors="ignore"))]


def test_nothing_is_read_before_the_first_name():
    code = "import congress.shared.names as n; print(n._strokes.cache_info().currsize)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "0"


@pytest.mark.parametrize("words", ["", " \u3000\n", "\u200b", "\ufeff \u2060", "\u2800", "\u3164"])
def test_spaces_and_what_shows_nothing_say_nothing(words):
    assert not shows_something(words)
    assert shows_something(f"{words}记错了")


def test_punctuation_and_a_single_character_are_no_reason():
    nothing = ("", " ", "。", "……", "?!", "好", "a。", "1", "👍👍", "\u3164\u3164", "\u0301\u0301")
    assert not any(says_something(each) for each in nothing)
    assert all(says_something(each) for each in ("同意", "ok", "12", "已。办", "𠮷𠮷"))
