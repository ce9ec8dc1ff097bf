"""专业代表小组 of the demo county: by field, paired with committees; their studies."""

from datetime import date, timedelta

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from congress.shared.models import Organisation
from congress.shared.models.places import OrganisationKind
from deputies.actions import specialists, studies
from deputies.actions.studies import Call
from deputies.models import Deputy, SpecialistGroup, Study
from deputies.states import Answer, StudyKind

COMMITTEES = (
    ("财政经济委员会", "财经委"),
    ("法制委员会", "法制委"),
    ("农业与农村委员会", "农业农村委"),
    ("城乡建设与环境保护委员会", "城环委"),
    ("教育科学文化卫生委员会", "教科文卫委"),
    ("社会建设委员会", "社会委"),
)
FIELDS = (
    ("财政预算", 0),
    ("政府债务", 0),
    ("绿松石产业", 0),
    ("工业经济", 0),
    ("营商环境", 0),
    ("商贸流通", 0),
    ("法治政府", 1),
    ("基层治理", 1),
    ("司法监督", 1),
    ("信访矛盾", 1),
    ("茶叶产业", 2),
    ("食用菌产业", 2),
    ("畜牧养殖", 2),
    ("水利水保", 2),
    ("林业生态", 2),
    ("乡村振兴", 2),
    ("基层党组织书记", 2),
    ("农村公路", 3),
    ("城市管理", 3),
    ("物业服务", 3),
    ("污染防治", 3),
    ("文明村镇", 3),
    ("义务教育", 4),
    ("学前教育", 4),
    ("医疗卫生", 4),
    ("文化旅游", 4),
    ("科技人才", 4),
    ("养老服务", 5),
    ("社会救助", 5),
    ("劳动就业", 5),
    ("民族宗教", 5),
    ("退役军人", 5),
)
SIZE = 8


def take_part(cast: Cast, year: int) -> None:
    """Thirty-two groups by field; one pre-study done, one inspection under way, one called."""
    with clock.at(moment(date(year, 1, 20))):
        committees = _committees(cast)
        groups = [
            _formed(cast, number, field, committees[of], date(year, 1, 20))
            for number, (field, of) in enumerate(FIELDS)
        ]
    _pre_study(cast, groups[0], year)
    _lead_goes(cast, groups[10])


def _committees(cast: Cast) -> list[Organisation]:
    area = cast.county.area
    return [
        Organisation.objects.create(
            kind=OrganisationKind.SPECIAL, name=f"县人大{name}", short_name=short, area=area
        )
        for name, short in COMMITTEES
    ]


def _formed(cast: Cast, number: int, field: str, of: Organisation, day: date) -> SpecialistGroup:
    group = specialists.form_specialists(
        name=f"{field}专业代表小组", field=field, committee=of, by=cast.clerk, today=day
    )
    count = len(cast.deputies)
    people = [cast.deputies[(number * 7 + step * 29) % count] for step in range(SIZE)]
    if number == 10 and cast.star:
        people = [cast.star, *(each for each in people if each != cast.star)]
    people = list(dict.fromkeys(people))
    specialists.join_specialists(group, deputies=people, by=cast.clerk, today=day)
    return specialists.name_leader(group, deputy=people[0], by=cast.clerk, today=day)


def _called(cast: Cast, group: SpecialistGroup, call: Call, told_on: date) -> Study:
    serving = Deputy.objects.serving(told_on)
    people = list(serving.filter(specialities__group=group).in_name_order())
    with clock.at(moment(told_on)):
        return studies.call_study(group, call=call, deputies=people, by=cast.clerk, today=told_on)


def _pre_study(cast: Cast, group: SpecialistGroup, year: int) -> None:
    """“跨前一步”: the budget is looked at before the session deliberates on it."""
    day = date(year, 2, 3)
    if day > cast.today:
        return
    call = Call(
        StudyKind.PRE_STUDY,
        f"{year} 年县级预算草案审查",
        day,
        day + timedelta(days=1),
        "县财政局",
        "看部门预算编制、专项资金安排和绩效目标，议意见建议。",
    )
    study = _called(cast, group, call, day - timedelta(days=7))
    said = (
        ("部分项目只列总数，看不出用在哪里", "一百万元以上的项目逐项列出地点、内容和进度"),
        ("农村公路养护资金连续三年没有增长", "按实际里程核定养护标准，随里程同步调整"),
        ("绩效目标写得空，年底不好评价", "每个专项列两到三个能数得出来的指标"),
    )
    with clock.at(moment(day, 15)):
        rows = study.invitations.select_related("deputy__user", "study")
        for row, (found, advice) in zip(rows, said, strict=False):
            by = cast.actors[row.deputy_id]
            studies.answer_invitation(row, answer=Answer.YES, by=by, today=day)
            studies.add_finding(
                study, deputy=row.deputy, found=found, advice=advice, by=by, today=clock.today()
            )
    with clock.at(moment(day + timedelta(days=2))):
        words = "预算草案总体可行，收支安排稳妥。建议在提请大会审查前，把下列意见吸收到草案里。"
        studies.file_report(study, report=words, by=cast.clerk, today=clock.today())


def _lead_goes(cast: Cast, group: SpecialistGroup) -> None:
    """The lead deputy finds an invitation that waits for an answer."""
    call = Call(
        StudyKind.INSPECTION,
        "茶叶产业链延伸情况",
        cast.today + timedelta(days=9),
        cast.today + timedelta(days=9),
        "得胜镇茶园和加工厂",
        "看茶园管护、加工能力和品牌销售，听茶农和企业怎么说。",
    )
    study = _called(cast, group, call, cast.today)
    with clock.at(moment(cast.today, 11)):
        for row in study.invitations.select_related("deputy__user", "study")[1:4]:
            if row.deputy_id in cast.actors and row.deputy != cast.star:
                by = cast.actors[row.deputy_id]
                studies.answer_invitation(row, answer=Answer.YES, by=by, today=cast.today)
