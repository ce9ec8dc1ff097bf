"""年度代表工作计划 of the demo county: this year's in force, next year's being drafted."""

from datetime import date

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from deputies.actions import plans
from deputies.actions.plans import Item

FOREWORD = (
    "围绕县委中心工作，坚持“双组”并行、“双联”提升，丰富代表活动，密切代表同群众的联系，"
    "让代表活动常态化、代表履职清单化、代表评价制度化。\n"
    "各代表小组每季度至少开展一次活动，每名代表全年到联络站接待选民不少于四次。"
)
OFFICE = "代表工作委员会"
WORKS = (
    Item(1, 1, "发放年度履职清单和登记手册", OFFICE, "全体代表"),
    Item(1, 12, "“逢十接待日”：每月 10 日、20 日、30 日进家入站接待选民", "各乡镇人大", "轮值代表"),
    Item(2, 3, "代表建议交办，面对面沟通办理打算", OFFICE, "领衔代表"),
    Item(3, 3, "代表履职培训班", OFFICE, "各小组召集人、新任代表"),
    Item(4, 5, "视察优化营商环境工作", "财政经济委员会", "营商环境专业小组"),
    Item(6, 6, "代表建议办理中期督办", OFFICE, "领衔代表"),
    Item(7, 8, "调研农村饮水安全", "农业与农村委员会", "农业农村专业小组"),
    Item(9, 9, "“代表行动”集中活动月", "各乡镇人大", "全体代表"),
    Item(10, 11, "预算审查前的专题调研", "财政经济委员会", "财政预算专业小组"),
    Item(11, 12, "代表履职年度评价", OFFICE, "全体代表"),
    Item(12, 12, "代表向选民述职", "各乡镇人大", "全体代表"),
)


def plan_the_years(cast: Cast, year: int) -> None:
    """This year's plan was passed and told in January; next year's lies on the desk."""
    with clock.at(moment(date(year, 1, 8))):
        plan = plans.draft_plan(
            cast.county,
            year=year,
            title=f"{year} 年代表工作计划",
            foreword=FOREWORD,
            items=WORKS,
            by=cast.clerk,
        )
        plan = plans.pass_plan(
            plan, meeting="常委会主任会议", passed_on=date(year, 1, 8), by=cast.director
        )
        plans.publish_plan(plan, by=cast.director, today=date(year, 1, 8))
    with clock.at(moment(cast.today)):
        plans.draft_plan(
            cast.county,
            year=year + 1,
            title=f"{year + 1} 年代表工作计划",
            foreword="",
            items=WORKS[:4],
            by=cast.clerk,
        )
