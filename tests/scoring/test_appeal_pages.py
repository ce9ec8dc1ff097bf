"""异议 in the browser's client: the deputy's phone, the office's desk, the sheet, the photo."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from congress.shared import clock
from congress.shared.roles import DESK, Role
from scoring.actions import appeals, posting
from scoring.models import Appeal, AppealPhoto, Entry, Rule
from tests import make
from tests.deputies import walk
from tests.scoring import facts
from tests.scoring.year import as_, queries_of, text, url

pytestmark = pytest.mark.django_db

POINTS, INBOX = reverse("scoring:points"), reverse("scoring:appeals")
WORDS = "那次是全县统一定题，应按 A2 记 2.0 分。"


@pytest.fixture(autouse=True)
def county(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    facts.book()


def line(deputy=None, code="A3", **how):
    return facts.posted(deputy or make.deputy(), code, **how)


def deputy_of(entry):
    return make.as_deputy(entry.deputy)


def rule(code="A2"):
    return Rule.objects.get(item__code=code)


def picture():
    return SimpleUploadedFile("x.png", walk.picture("teal"), "image/png")


def test_a_deputy_contests_a_line_with_a_sentence_and_a_photo(client):
    entry = line()
    page = text(as_(client, deputy_of(entry)).get(POINTS))
    assert f'href="{url("appeal", entry.pk)}">对这一笔有异议' in page
    form = text(client.get(url("appeal", entry.pk)))
    assert "由没有经手过这一笔的人答复" in form
    answer = client.post(url("appeal", entry.pk), {"words": WORDS, "photos": [picture()]})
    assert answer["Location"].endswith(f"#line-{entry.pk}")
    found = Appeal.objects.get()
    assert (found.words, found.photos.count()) == (WORDS, 1)
    page = text(client.get(POINTS))
    due = f"{found.due_on.month} 月 {found.due_on.day} 日前答复"
    assert f"异议处理中 · {due}" in page
    assert f"您说：{WORDS}" in page
    assert "答复前照 1.5 分算" in page
    assert "有异议 1" in page


def test_who_checks_is_named_when_they_are_few(client):
    entry, other = line(), make.actor()
    facts.contested(entry)
    assert f"或{other.name}来查" in text(as_(client, deputy_of(entry)).get(POINTS))


def test_without_words_the_form_comes_back_and_says_so(client):
    entry = line()
    answer = as_(client, deputy_of(entry)).post(url("appeal", entry.pk), {"words": ""})
    assert answer.status_code == 422
    assert "请写一句哪里不对" in text(answer)


def test_a_broken_photo_is_said_in_words(client):
    entry, broken = line(), SimpleUploadedFile("x.png", b"x", "image/png")
    sent = {"words": WORDS, "photos": [broken]}
    answer = as_(client, deputy_of(entry)).post(url("appeal", entry.pk), sent)
    assert answer.status_code == 422
    assert "第 1 张：这不是照片" in text(answer)
    assert WORDS in text(answer)


def test_after_the_days_the_page_says_why_not_and_what_instead(client):
    entry = line()
    with clock.at(clock.now() + timedelta(days=60)):
        later = as_(client, deputy_of(entry)).get(url("appeal", entry.pk))
    assert "由主任冲销" in text(later)
    assert "<textarea" not in text(later)


def test_only_lines_within_the_days_have_the_button_and_the_others_are_told_of_once(client):
    entry = line()
    day = timezone.localdate(entry.posted_at) + timedelta(days=60)
    with facts.on(day):
        fresh = line(entry.deputy, "C5", on=day)
        page = text(as_(client, deputy_of(entry)).get(POINTS))
    assert url("appeal", fresh.pk) in page
    assert url("appeal", entry.pk) not in page
    assert "不能提异议" not in page
    assert page.count("个工作日内，可以对一笔提出异议") == 1


def test_anothers_line_is_not_found(client):
    other = make.as_deputy(make.deputy())
    found = facts.contested(line())
    for page in ("add_words", "withdraw_appeal"):
        assert as_(client, other).get(url(page, found.pk)).status_code == 404
    assert client.get(url("appeal", found.entry_id)).status_code == 404


def test_a_deputy_adds_words_and_withdraws(client):
    found = facts.contested(line())
    as_(client, deputy_of(found.entry))
    assert client.post(url("add_words", found.pk), {"words": ""}).status_code == 422
    assert client.post(url("add_words", found.pk), {"words": "附通知。"}).status_code == 302
    assert "补充：附通知。" in text(client.get(POINTS))
    assert "照原来的 +1.5 分算" in text(client.get(url("withdraw_appeal", found.pk)))
    assert client.post(url("withdraw_appeal", found.pk)).status_code == 302
    assert "异议处理中" not in text(client.get(POINTS))
    assert client.post(url("withdraw_appeal", found.pk)).status_code == 409


def test_who_has_left_reads_their_past_lines_and_contests_them(client):
    entry = line()
    make.leaves(entry.deputy, clock.today())
    client.force_login(entry.deputy.user)
    page = text(client.get(POINTS))
    assert f'id="line-{entry.pk}"' in page
    assert url("appeal", entry.pk) in page
    sent = client.post(url("appeal", entry.pk), {"words": "应按 A2 记。"})
    assert sent.status_code == 302
    assert "异议处理中" in text(client.get(POINTS))


def test_reversal_and_correction_lead_to_the_line_they_stand_for(client):
    entry = line()
    appeals.uphold(facts.contested(entry), answer="按 A2。", rule=rule(), by=make.director())
    page = text(as_(client, deputy_of(entry)).get(POINTS))
    reversal, correction = Entry.objects.get(reverses=entry), Entry.objects.get(corrects=entry)
    assert page.count(f'href="#line-{entry.pk}"') == 2
    assert f'href="#line-{correction.pk}"' in page
    assert f'id="line-{reversal.pk}"' in page
    assert "异议成立：按 A2。" in page


def test_chips_narrow_the_lines_and_older_ones_are_folded(client):
    deputy = make.deputy()
    for day in range(1, 8):
        line(deputy, "C2", on=facts.DAY.replace(day=day))
    line(deputy, "B1")
    as_(client, make.as_deputy(deputy))
    page = text(client.get(POINTS))
    assert "全部 8 笔" in page
    assert "再看 5 月其余 3 笔" in page
    narrowed = text(client.get(POINTS, {"only": "bonus"}))
    assert narrowed.count('id="line-') == 1
    assert "这一类没有" in text(client.get(POINTS, {"only": "contested"}))


@pytest.mark.parametrize("role", sorted(set(Role) - DESK))
def test_the_list_and_the_hearing_are_the_desks(client, role):
    found = facts.contested(line())
    as_(client, make.actor(role))
    for page in (INBOX, url("hearing", found.pk), url("uphold", found.pk)):
        assert client.get(page).status_code == 403


def test_the_list_has_chips_names_and_reasons(client):
    first, second = line(make.deputy("甘露")), line(make.deputy("陶然"))
    facts.contested(first)
    facts.contested(second)
    director = make.actor(Role.STAFF_DIRECTOR, user=first.record.verified_by)
    page = text(as_(client, director).get(INBOX))
    assert "甘露" in page
    assert "您核实过这一笔，异议须由没有经手的人答复" in page
    mine = text(client.get(INBOX, {"only": "mine"}))
    assert "甘露" not in mine
    assert "陶然" in mine
    assert "甘露" not in text(client.get(INBOX, {"q": "陶"}))
    assert "0 条" in text(client.get(INBOX, {"only": "late"}))
    with clock.at(clock.now() + timedelta(days=60)):
        assert "超期" in text(client.get(INBOX, {"only": "late"}))


def test_the_list_is_a_sheet_too(client):
    facts.contested(line(make.deputy("甘露")))
    sheet = as_(client, make.director()).get(INBOX, {"export": 1})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0)
    assert rows.to_python()[2][0] == "甘露"


def test_the_list_costs_the_same_at_1_row_and_at_3(client):
    facts.contested(line())
    as_(client, make.director())
    costs = [queries_of(client, INBOX)]
    facts.contested(line())
    facts.contested(line())
    assert [queries_of(client, INBOX)] == costs


def test_points_with_appeals_cost_the_same_at_1_and_at_3(client):
    deputy = make.deputy()
    facts.contested(line(deputy))
    as_(client, make.as_deputy(deputy))
    first = queries_of(client, POINTS)
    facts.contested(line(deputy, "C1"))
    facts.contested(line(deputy, "M2"))
    assert queries_of(client, POINTS) == first


def test_the_hearing_says_what_upholding_would_do_and_does_it(client):
    found = facts.contested(line())
    as_(client, make.director())
    page = text(client.get(url("hearing", found.pk)))
    assert "选了改成什么" in page
    assert "办理痕迹" in page
    chosen = {"rule": rule().pk, "quantity": 2}
    page = text(client.get(url("hearing", found.pk), chosen))
    assert "1.5 → 4.0" in page
    assert "改正为 A2" in page
    wrong = client.post(url("uphold", found.pk), {"answer": "按 A2。"})
    assert wrong.status_code == 422
    assert "请选择改成什么" in text(wrong)
    assert client.post(url("uphold", found.pk), {**chosen, "answer": ""}).status_code == 422
    done = client.post(url("uphold", found.pk), {**chosen, "answer": "按 A2，两次。"})
    assert done.status_code == 302
    assert Entry.objects.get(corrects=found.entry).points == 4
    page = text(client.get(url("hearing", found.pk)))
    assert "积分改正" in page
    assert url("uphold", found.pk) not in page
    assert client.post(url("dismiss", found.pk), {"answer": "核对过"}).status_code == 409


def test_the_hearing_of_a_reversal_has_nothing_to_choose(client):
    entry = line()
    found = facts.contested(posting.reverse(entry, reason="重复", by=make.director()))
    as_(client, make.actor())
    page = text(client.get(url("hearing", found.pk)))
    assert "0.0 → 1.5" in page
    assert 'name="rule"' in page
    sent = {"answer": "不是重复。"}
    assert client.post(url("uphold", found.pk), sent).status_code == 302
    assert Entry.objects.get(corrects=found.entry).points == entry.points


def test_the_office_dismisses_and_the_deputy_reads_why(client):
    found = facts.contested(line())
    as_(client, make.actor())
    assert client.post(url("dismiss", found.pk), {"answer": ""}).status_code == 422
    assert client.post(url("dismiss", found.pk), {"answer": "是小分队活动。"}).status_code == 302
    page = text(as_(client, deputy_of(found.entry)).get(POINTS))
    assert "异议不成立" in page
    assert "是小分队活动。" in page


def test_the_line_of_another_congress_is_named_and_left_alone(client):
    facts.book("township")
    entry = line(make.deputy(levels=("county", "township")))
    county = Entry.objects.get(record=entry.record, assembly=make.assembly())
    found = facts.contested(county)
    page = text(as_(client, make.actor()).get(url("hearing", found.pk)))
    assert "柳河镇人民代表大会的那一笔（1.5 分）不受影响" in page


def test_the_photo_is_the_offices_and_the_deputys(client):
    found = facts.contested(line())
    appeals.add_words(found, words="", photos=[walk.photo()], by=deputy_of(found.entry))
    photo = url("appeal_photo", AppealPhoto.objects.get().pk)
    for who, status in (
        (deputy_of(found.entry), 200),
        (make.actor(), 200),
        (make.actor(Role.LEADER), 404),
        (make.as_deputy(make.deputy()), 404),
    ):
        answer = as_(client, who).get(photo)
        assert (answer.status_code, bool(answer.getvalue())) == (status, True)
