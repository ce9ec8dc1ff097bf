"""提、交、办 and 积分: what the policy says of them, sentence by sentence or as far as it is built.

A journey that lives one through in a browser has it, letter for letter, in its docstring.
"""

RAISING_ASSIGNING_HANDLING = (
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
SUPERVISING = (
    "由主任会议集体督办、常委会领导领衔督办、媒体舆论督办，年初问安排、年中问进展、年末问成效。",
    "开展日常调研、视察等工作时，同步对相关单位的代表建议办理情况进行监督检查。",
)
POINTS = (
    "履职活动“谁组织谁负责”，如实登记代表履职情况，代表本人也可提交履职活动佐证，"
    "统一归口县人大常委会代表工作机构核实后，及时录入代表履职平台对应模块，系统实时更新",
    "配套出台县人大代表管理办法和履职积分制度，把履职内容量化分值、分类计分，实行积分制管理，"
    "把代表履职“软指标”变为“硬杠杠”。",
    "代表每有效履职一次，系统即按该项履职内容对应分值自动赋分“记账”、汇总显示当前积分、生成实时排名",
    "每年度为一个积分周期，跨年清零，让每名代表在新的年度能够站在同一起跑线重新奔跑。",
)
LOOKING_BACK = (
    "对部分解决或列入计划逐步解决的B类件、受条件限制或其它原因需以后解决的C类件，"
    "持续关注后续落实情况，推动向A类件转化",
    "对A类件是否又被重新提出进行监督晾晒，督促承办单位客观评价建议完成情况",
)
SENTENCES = (*RAISING_ASSIGNING_HANDLING, *SUPERVISING, *POINTS, *LOOKING_BACK)


def said_in(docstring: str | None) -> list[str]:
    """The sentences that this docstring has, without its breaks of lines."""
    words = "".join((docstring or "").split())
    return [sentence for sentence in SENTENCES if sentence in words]
