import pytest
from django.core.management import call_command

from congress.shared import chain, tasks
from congress.shared.actors import SYSTEM
from congress.shared.models import AuditEvent, Notice, Seal
from congress.shared.workflow import record
from tests import make

pytestmark = pytest.mark.django_db


def three_deeds() -> list[AuditEvent]:
    place = make.county()
    for word in ("one", "two", "three"):
        record(place, word, by=SYSTEM)
    return list(AuditEvent.objects.order_by("pk"))


def test_sealing_twice_adds_nothing_and_the_chain_holds():
    three_deeds()
    assert [chain.seal_audit(), chain.seal_audit()] == [3, 0]
    assert chain.first_fault("audit", AuditEvent) is None


def test_later_rows_are_chained_onto_the_earlier_ones():
    three_deeds()
    chain.seal_audit()
    record(make.county(), "four", by=SYSTEM)
    assert chain.seal_audit() == 1
    assert list(Seal.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert chain.first_fault("audit", AuditEvent) is None


@pytest.mark.parametrize(
    ("tampering", "sentence"),
    [
        ("UPDATE shared_auditevent SET note = 'x' WHERE id = %s", "记录被改动"),
        ("DELETE FROM shared_auditevent WHERE id = %s", "记录被删除"),
        ("DELETE FROM shared_seal WHERE row_id = %s", "封签缺号"),
    ],
)
def test_whoever_gets_past_the_roles_is_named_by_the_chain(as_owner, tampering, sentence):
    victim = three_deeds()[1]
    chain.seal_audit()
    as_owner.execute(tampering, [victim.pk])
    fault = chain.first_fault("audit", AuditEvent)
    assert (fault.number, fault.sentence) == (2, sentence)


def test_the_nightly_look_says_ok_and_counts():
    three_deeds()
    report = tasks.audit_trail()
    assert (report["events"], report["chain"]) == (3, "ok")


def test_the_nightly_look_tells_the_director_and_the_command_fails(as_owner, capsys):
    director = make.director()
    victim = three_deeds()[1]
    chain.seal_audit()
    as_owner.execute("UPDATE shared_auditevent SET note = 'x' WHERE id = %s", [victim.pk])
    with pytest.raises(SystemExit):
        call_command("audit_trail")
    assert f"第 {victim.pk} 条记录被改动" in capsys.readouterr().out
    assert "办理痕迹被动过" in Notice.objects.get(person=director.user).text
