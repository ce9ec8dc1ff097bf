import pytest

from congress.shared.personal_numbers import MASK, masked, numbers_in


@pytest.mark.parametrize(
    "number",
    [
        *(
            "13812345678",
            "138 1234 5678",
            "138-1234-5678",
            "１３８１２３４５６７８",
            "+86 13812345678",
        ),
        *("0719-4222222", "（0719）4222222", "07194222222", "0719 422 2222", "010-62345678"),
        *("420323196001011234", "42032319600101123X", "420323 19600101 1234", "420323600101123"),
    ],
)
def test_a_telephone_or_identity_number_is_found_as_it_was_typed_and_masked(number):
    text = f"张家电话{number}，请回电。"
    assert numbers_in(text, "没有", text) == [number]
    assert masked(text) == f"张家电话{MASK}，请回电。"


@pytest.mark.parametrize(
    "text",
    [
        "城关镇1905036 号，2026年11月29日，12万元，1996 年建",
        "投资 13812345678901 元",
        "国道 G209，K1234+567，邮编 442200",
        "竹交函〔2026〕18号，统一编码 91420323MA4812345X",
        "",
    ],
)
def test_other_figures_stay(text):
    assert numbers_in(text) == []
    assert masked(text) == text


def test_several_are_named_once_each_in_their_order():
    text = "找李某 13900001111 或 13812345678，李某 13900001111。"
    assert numbers_in(text) == ["13900001111", "13812345678"]
    assert masked(text) == f"找李某 {MASK} 或 {MASK}，李某 {MASK}。"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("联系电话：7231234。", "7231234"),
        ("电话7231234", "7231234"),
        ("家里座机是 723-1234，", "723-1234"),
        ("固话号码：87221234", "87221234"),
        ("村里热线 7231 234 一直打不通", "7231 234"),
        ("Tel: 7231234", "7231234"),
        ("TEL.８７２２１２３４", "８７２２１２３４"),
        ("电话（办公）：7231234", "7231234"),
        ("电话：7231234、7231235", "7231234、7231235"),
        ("电话 13812345678 或 7231234", "13812345678 或 7231234"),
        ("传真：7231234转803", "7231234"),
        ("电话7231234多次打不通", "7231234"),
        ("电话（0719）7231234", "（0719）7231234"),
        ("联系方式7231234", "7231234"),
        ("村部0719——7231234", "0719——7231234"),
    ],
)
def test_a_local_number_is_known_by_the_word_before_it_and_the_word_stays(text, number):
    assert numbers_in(text) == [number]
    assert masked(text) == text.replace(number, MASK)


@pytest.mark.parametrize(
    "text",
    [
        "全县 2024 年电话 2024 部",
        "热线电话 8000000 个",
        "电话费 7230000 元",
        "电话 72300000 元",
        "热线 12345、12350",
        "电话通知〔2024〕7231234 号",
        "竹政办发〔2024〕7231234 号",
        "投资 7231234 元",
        "编号 19020891",
        "2024-2025 年，桩号 K8722-345",
        "Hotel 7231234",
    ],
)
def test_years_sums_counts_and_document_numbers_stay(text):
    assert numbers_in(text) == []
