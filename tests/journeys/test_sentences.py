"""提、交、办: what the policy says of them is lived through in a browser."""

import ast
from pathlib import Path

SENTENCES = (
    "积极探索代表建议提、交、办、督、评方式创新，融汇各方力量，构建工作闭环，"
    "推动代表建议办理既重结果、也重过程。",
    "力量融汇，办实建议，让代表愿履职。",
    "代表一机在手即可掌上履职，联系永远在线、服务时刻连线、履职永不断线。",
    "所有代表建议在代表履职平台流转。",
    "通过大数据统计分析，甄别出反复提的建议，有针对性地进行重点督办。",
    "方便代表和群众实时查看办理进度、成效。",
    "落实提办双方“三见面”制度，提高代表对办理工作的参与度。",
    "承办单位办前与代表见面，了解所提建议的初衷意图；办中与代表见面，共同研究解决问题的办法；"
    "办后与代表见面，听取对建议办理结果的意见。",
    "2022年交办的126件会议期间代表建议、32件代表行动意见建议，均按期办复，满意率98%。",
    "坚持“办理工作不换届”理念，将上年度未能落实的建议与当年度建议同交办，实行滚动办理。",
)


def told() -> str:
    """What every journey says it lives through, without the breaks of lines."""
    words = [
        ast.get_docstring(each) or ""
        for path in Path(__file__).parent.glob("test_*.py")
        for each in ast.parse(path.read_text("utf-8")).body
        if isinstance(each, ast.FunctionDef)
    ]
    return "".join("".join(words).split())


def test_every_sentence_on_raising_assigning_and_handling_has_its_journey():
    found = told()
    assert [sentence for sentence in SENTENCES if sentence not in found] == []
