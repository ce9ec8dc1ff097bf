"""积分月报: made once when the month is over, the same bytes ever after, its seal compared."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import STAFF, Role
from scoring import tasks
from scoring.actions import anchors, posting, rules
from scoring.models import LedgerAnchor, LedgerAudit
from scoring.month_sheet import month_sheet_pdf, sheet_rows
from tests import make
from tests.race import at_once
from tests.scoring import facts, year

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def posted_in_may():
    """Two lines and a reversal in May, a third line in June; then the night's audit."""
    facts.book()
    first, idle = make.deputy(), make.deputy("甘露")
    with facts.on(date(2026, 5, 21)):
        undone = facts.posted(first)
        facts.posted(first, "C5", quantity=1)
        facts.posted(first, "B1")
        posting.reverse(undone, reason="重复", by=make.director())
    return idle


def audited(day: date = date(2026, 6, 2)) -> None:
    with facts.on(day):
        tasks.audit_ledger()


def anchor_of_may(by=None):
    with facts.on(JUNE.replace(day=3)):
        return anchors.anchor_month(
            make.assembly(), month=MAY, by=by or make.actor(), today=JUNE.replace(day=3)
        )


def test_anchor_month_keeps_the_head_of_the_first_audit_after_it_and_leaves_a_trail():
    posted_in_may()
    audited(date(2026, 5, 22))
    audited()
    audited(date(2026, 6, 3))
    clerk = make.actor()

    anchor = anchor_of_may(clerk)

    second = LedgerAudit.objects.order_by("at")[1]
    assert (anchor.audit, anchor.head_number, anchor.head_digest) == (
        second,
        4,
        second.head_digest,
    )
    assert (anchor.seated, anchor.without, anchor.made_by) == (2, 1, clerk.user)
    trace = AuditEvent.objects.get(subject="scoring.LedgerAnchor", subject_id=anchor.pk)
    assert (trace.now, trace.by_name) == ("anchored", clerk.name)


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_anchor_month_is_refused_to_everybody_but_the_office(role):
    posted_in_may()
    audited()
    with pytest.raises(Refused, match="只有代工委"):
        anchor_of_may(make.actor(role))


def test_anchor_month_is_refused_before_the_month_is_over_before_an_audit_and_twice():
    posted_in_may()
    with pytest.raises(Refused, match="还没有结束"):
        anchors.anchor_month(make.assembly(), month=MAY, by=make.actor(), today=date(2026, 5, 31))
    with pytest.raises(Refused, match="还没有一次查账是相符的"):
        anchor_of_may()
    audited()
    anchor_of_may()
    with pytest.raises(Refused, match="已经做过"):
        anchor_of_may()


def test_anchor_month_waits_for_an_audit_that_found_nothing_off(as_owner):
    posted_in_may()
    as_owner.execute("UPDATE scoring_yeartotal SET bonus = bonus + 1, total = total + 1")
    audited()
    with pytest.raises(Refused, match="还没有一次查账是相符的"):
        anchor_of_may()
    as_owner.execute("UPDATE scoring_yeartotal SET bonus = bonus - 1, total = total - 1")
    audited(JUNE.replace(day=3))
    assert anchor_of_may().audit.at.date() == JUNE.replace(day=3)


def test_anchor_month_is_refused_when_the_ledger_is_empty():
    audited()
    with pytest.raises(Refused, match="还没有一笔"):
        anchor_of_may()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_make_one_sheet():
    posted_in_may()
    audited()
    by, place, today = make.actor(), make.assembly(), JUNE
    outcomes = at_once(3, anchors.anchor_month, place, month=MAY, by=by, today=today)
    assert outcomes == ["done", "refused", "refused"]
    assert LedgerAnchor.objects.count() == 1


def test_the_sheet_counts_the_month_by_category_and_prints_the_seal_in_fours():
    posted_in_may()
    audited()
    anchor = anchor_of_may()
    rows = {row.name: row for row in sheet_rows(anchor)}
    assert list(rows) == ["联系群众", "附加分", "合计"]
    voters, whole = rows["联系群众"], rows["合计"]
    assert (voters.lines, voters.points, voters.reversals, voters.taken, voters.net) == (
        "2",
        "6.0",
        "1",
        "−2.0",
        "4.0",
    )
    assert (whole.lines, whole.points, whole.net) == ("3", "11.0", "9.0")
    pages = PdfReader(io.BytesIO(month_sheet_pdf(anchor))).pages
    text = "".join(page.extract_text() for page in pages).replace("\n", "")
    assert len(pages) == 1
    assert "月末在任代表 2 人，其中本月没有记分的 1 人" in text
    assert "6 月 2 日 12:00 查账：4 笔，合计与显示相符" in text
    assert anchor.head_digest[:4] in text
    assert "代工委主任（签字）" in text


def test_a_past_month_prints_the_same_bytes_whatever_happened_since():
    idle = posted_in_may()
    audited()
    anchor = anchor_of_may()
    before = month_sheet_pdf(anchor)
    with facts.on(date(2026, 6, 20)):
        facts.posted(idle, on=date(2026, 5, 30))  # done in May, posted in June
        make.leaves(make.deputy(), date(2026, 6, 20))
    audited(date(2026, 6, 21))
    assert month_sheet_pdf(LedgerAnchor.objects.get()) == before


def page(client, name, *args, role=Role.STAFF_CLERK, **query):
    client.force_login(make.actor(role).user)
    return client.get(reverse(f"scoring:{name}", args=args), query)


def test_the_desk_makes_a_month_and_downloads_it(client):
    posted_in_may()
    audited()
    with facts.on(JUNE.replace(day=3)):
        assert "制作月报" in page(client, "months").content.decode()
        answer = client.post(
            reverse("scoring:anchor_month"),
            {"assembly": make.assembly().pk, "month": "2026-05-01"},
            follow=True,
        )
        assert "5 月积分月报已做好" in answer.content.decode()
        sheet = client.get(reverse("scoring:month_sheet", args=[LedgerAnchor.objects.get().pk]))
    assert sheet.content.startswith(b"%PDF")


def test_the_button_stands_only_where_an_audit_has_come_after_the_month(client):
    posted_in_may()
    with facts.on(JUNE.replace(day=3)):
        before = page(client, "months").content.decode()
        waiting = page(client, "months_waiting").content.decode()
    for text in (before, waiting):
        assert '<button class="btn line small nowrap">制作月报' not in text
        assert "还没有一次查账是相符的" in text
        assert reverse("scoring:audits") in text
    audited()
    with facts.on(JUNE.replace(day=3)):
        after = page(client, "months").content.decode()
        read = page(client, "months", role=Role.AUDITOR).content.decode()
    assert after.count("制作月报</button>") == 1
    assert "制作月报</button>" not in read
    assert read.count("只有代工委可以制作积分月报") == 1


def test_what_waits_for_a_sheet_is_a_list_and_leads_back_to_itself(client):
    posted_in_may()
    audited()
    address = reverse("scoring:months_waiting")
    with facts.on(JUNE.replace(day=3)):
        listed = page(client, "months_waiting")
        assert [(row.name, row.lines) for row in listed.context["page"]] == [
            (make.assembly().name, 4)
        ]
        form = {"assembly": make.assembly().pk, "month": "2026-05-01"}
        back = {"HTTP_REFERER": f"http://testserver{address}"}
        answer = client.post(reverse("scoring:anchor_month"), form, **back)
        assert answer.url == address
        assert "都做了" in client.get(address).content.decode()


def test_a_refusal_to_the_desk_stands_in_its_own_frame(client):
    posted_in_may()
    client.force_login(make.actor().user)
    form = {"assembly": make.assembly().pk, "month": "2026-05-01"}
    with facts.on(JUNE.replace(day=3)):
        answer = client.post(reverse("scoring:anchor_month"), form)
    assert answer.status_code == 409
    assert "还没有一次查账是相符的" in answer.content.decode()
    assert "nav-sidebar" in answer.content.decode()


def test_the_months_that_wait_cost_the_same_for_one_congress_and_for_three(client):
    posted_in_may()
    client.force_login(make.actor().user)
    address = reverse("scoring:months_waiting")
    with facts.on(JUNE.replace(day=3)):
        one = year.queries_of(client, address)
    with facts.on(date(2026, 5, 21)):
        for name in ("河口乡", "柳河镇"):
            town = make.township(name)
            place = make.assembly("township", town)
            rules.adopt_default(place, from_on=facts.BOOK_FROM, by=make.director())
            group = make.group(f"{name}代表小组", town)
            facts.posted(make.deputy(of=group, levels=("township",)))
    with facts.on(JUNE.replace(day=3)):
        assert year.queries_of(client, address) == one
        assert client.get(address).context["page"].paginator.count == 3


def test_a_slip_in_the_address_is_said_and_nothing_is_made(client):
    client.force_login(make.actor().user)
    answer = client.post(reverse("scoring:anchor_month"), {"assembly": "x", "month": "五月"})
    assert (answer.status_code, LedgerAnchor.objects.count()) == (422, 0)
    assert "没有这个月份" in answer.content.decode()


def test_a_printed_seal_is_compared_on_the_desk(client):
    posted_in_may()
    audited()
    anchor = anchor_of_may()
    printed = " ".join(anchor.head_digest[at : at + 4] for at in range(0, 64, 4))
    good = page(client, "verify_head", number=anchor.head_number, digest=printed.upper())
    assert (good.status_code, "相符" in good.content.decode()) == (200, True)
    for number, digest, words in [
        (anchor.head_number, "0" * 64, "摘要与链上不同"),
        (999, anchor.head_digest, "链上没有第 999 号封签"),
        (anchor.head_number, "abc", "摘要应是 64 位"),
        ("", "", "请写月报上的封签号"),
        ("10" * 12, "", "没有这么大的封签号"),
    ]:
        answer = page(client, "verify_head", number=number, digest=digest)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert page(client, "verify_head").status_code == 200


@pytest.mark.parametrize("name", ["months", "months_waiting", "audits", "verify_head"])
def test_the_ledgers_pages_are_the_desks_alone(client, name):
    assert page(client, name, role=Role.KEEPER).status_code == 403
