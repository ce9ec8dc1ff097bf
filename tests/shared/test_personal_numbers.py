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
