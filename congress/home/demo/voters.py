"""一码二亮 of the demo county: pledges behind the codes, and what voters wrote."""

from datetime import timedelta

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from congress.shared.actors import SYSTEM
from deputies.actions import messages
from deputies.actions.messages import Letter, Promise
from deputies.models import Deputy
from deputies.states import Measure
from stations.actions import issues
from stations.queries.issues import near

PROMISES = (
    Promise("每年走访联系选民二十次", Measure.CONTACTS, 20),
    Promise("选民托付的事，七天内有回音", Measure.MESSAGES),
    Promise("每年提出两件有调研的建议", Measure.PROPOSALS, 2),
)
LETTERS = (
    ("村小学门口上下学时车多，没有减速带，孩子过马路不安全", "三组", "王女士"),
    ("灌溉渠去年垮了一段，今年春耕要用水，不知道什么时候修", "五组", "老张"),
    ("卫生室的医生每周只来两天，老人拿药不方便", "一组", ""),
    ("垃圾清运点离家太近，夏天味道大，能不能挪一挪", "集镇", "李师傅"),
    ("通组路的路灯有四盏不亮，已经两个月", "四组", "罗大姐"),
)
ANSWERS = (
    "已经和村里商量好，下周先放警示桩，减速带列入乡镇今年的小项目，六月底前装好。",
    "我和水利站的同志一起看过现场，月底前清淤，垮塌的一段先用沙袋，秋后重砌。",
    "和卫生院沟通过，从下月起改为每周三天，行动不便的老人由村医送药上门。",
)


def write_in(cast: Cast) -> None:
    """Twenty deputies promise; the lead deputy finds one message waiting, others answered."""
    day = cast.today - timedelta(days=60)
    with clock.at(moment(day)):
        for number, deputy in enumerate(cast.deputies[:20]):
            _promise(cast, deputy, number % 3 + 1)
        if cast.star:
            _promise(cast, cast.star, 3)
    if cast.star is None:
        return
    people = [cast.star, *(each for each in cast.deputies[:6] if each != cast.star)]
    serving = set(Deputy.objects.serving(cast.today))
    for number, deputy in enumerate(each for each in people if each in serving):
        for step, (words, place, caller) in enumerate(LETTERS[: 5 if number == 0 else 2]):
            _written(cast, deputy, number, step, Letter(words, place, caller, _phone(number, step)))


def _promise(cast: Cast, deputy: Deputy, most: int) -> None:
    today = clock.today()
    messages.pledge(deputy, promises=PROMISES[:most], by=cast.actors[deputy.pk], today=today)


def _phone(number: int, step: int) -> str:
    """Of no network: 100 opens no subscriber's number."""
    return f"100{number:04}{step:04}" if step % 2 == 0 else ""


def _written(cast: Cast, deputy: Deputy, number: int, step: int, letter: Letter) -> None:
    """Answered within days, handed on to a station, or still waiting: by the step."""
    day, by = cast.today - timedelta(days=33 - step * 7 - number), cast.actors[deputy.pk]
    with clock.at(moment(day, 19)):
        message = messages.send_message(
            deputy, letter=letter, origin=f"demo-{number}-{step}", by=SYSTEM, today=day
        )
    if step >= 4:
        return
    with clock.at(moment(day + timedelta(days=2), 10)):
        station = near(deputy, day).first()
        if step == 3 and station:
            title = "集镇垃圾清运点挪位置"
            issues.raise_issue(message, station=station, title=title, by=by, today=clock.today())
        else:
            answer = ANSWERS[step % len(ANSWERS)]
            messages.answer_message(message, answer=answer, by=by, today=clock.today())
