"""Which places a title names, and which words are no places."""

import pytest

from proposals.concepts import lexicon
from proposals.places import gazetteer, named_in


def named(text):
    return named_in(text, lexicon().words_in(text))


@pytest.mark.parametrize(
    ("title", "places"),
    [
        ("关于解决石板沟村吃水难的建议", ["村石板沟"]),
        ("关于梅溪镇松林坡村二组公路硬化的建议", ["镇梅溪", "村松林坡", "组二"]),
        ("关于新建县第二小学教学楼的建议", ["小学第二"]),
        ("关于李家堡村干渠防渗改造的建议", ["村李家堡"]),
        ("迎宾大道与新华路口设置红绿灯", ["路迎宾", "路新华"]),
        ("梅溪镇生活废水直排梅溪河", ["镇梅溪", "河梅溪"]),
        ("县城停车难", ["城城"]),
        ("县一中扩建", ["中学第一"]),
        ("关于县第一中学新建宿舍楼的建议", ["中学第一"]),
        ("统一中小学教材", []),
        ("关于王庄乡李村三组修桥的建议", ["镇王庄", "村李", "组三"]),
        ("桃园村3组、第四村民小组饮水", ["村桃园", "组三", "组四"]),
        ("硬化桃园村三组至五组和十二组公路", ["村桃园", "组三", "组四", "组五", "组十二"]),
        ("各村民小组由三个组成", []),
        ("全县各乡农村道路", []),
        ("关于红旗小区加装电梯的建议", ["小区红旗"]),
        ("关于老旧小区加装电梯的建议", []),
        ("龙潭水库除险加固", ["水库龙潭"]),
        ("关于S215线大坪段改造，207国道改线", ["国道215", "国道207"]),
        ("和平村与将军村", ["村和平", "村将军"]),
        ("关于天然气下乡的建议", []),
        ("修建断头路、水泥路和产业路", []),
        ("改造村级道路，安装路灯", []),
        ("关于补充农村教师的建议", []),
    ],
)
def test_places_are_told_from_words(title, places):
    assert [each.place.kind + each.place.name for each in named(title)] == places


def test_a_name_cut_wrongly_or_without_its_end_is_known_by_the_others():
    texts = [named(title) for title in ("柏木镇石板沟村", "勘察石板沟村", "上石板沟村")]
    names = gazetteer(texts, lexicon())
    village = texts[0][1].place
    assert names.right(village._replace(name="察石板沟")) == village
    assert names.right(texts[2][0].place).name == "上石板沟"
    assert village in names.bare_in("石板沟吃水难")
    assert names.inside == {village: texts[0][0].place}
