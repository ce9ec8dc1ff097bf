"""答复常用语: of one unit, put into the reply without losing what is written."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from proposals.actions import templates
from proposals.models import ReplyDraft, ReplyTemplate
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.race import at_once

pytestmark = pytest.mark.django_db
WORDS = "感谢您对交通运输工作的关心。"


def saved(**changes):
    return templates.save_template(
        **({"name": "结尾", "text": WORDS, "by": walk.unit_clerk()} | changes)
    )


def test_save_template_keeps_it_and_the_same_name_replaces_it():
    first = saved()
    assert (first.unit, first.text) == (make.unit(), WORDS)
    assert saved(text="改过的。").pk == first.pk
    assert ReplyTemplate.objects.get().text == "改过的。"
    assert AuditEvent.objects.filter(now="template_saved").count() == 2
    assert saved(by=walk.unit_clerk(make.unit("县财政局"))).pk != first.pk


def test_save_template_is_refused_without_name_or_words():
    with pytest.raises(Refused, match="起个名称"):
        saved(name=" ")
    with pytest.raises(Refused, match="请写常用语的内容"):
        saved(text=" ")


@pytest.mark.django_db(transaction=True)
def test_four_at_once_save_one_template():
    given = {"name": "结尾", "text": WORDS, "by": walk.unit_clerk()}
    assert at_once(4, templates.save_template, **given) == ["done"] * 4
    assert ReplyTemplate.objects.count() == 1


def test_the_database_keeps_one_template_of_a_name():
    saved()
    with pytest.raises(IntegrityError, match="template_name_once"), transaction.atomic():
        ReplyTemplate.objects.bulk_create([ReplyTemplate(unit=make.unit(), name="结尾", text="x")])


def test_delete_template_leaves_its_trail():
    templates.delete_template(saved(), by=walk.unit_clerk())
    assert not ReplyTemplate.objects.exists()
    assert AuditEvent.objects.get(now="template_deleted").note == "删除常用语“结尾”。"


def test_delete_template_is_refused_to_another_unit_and_once_it_is_gone():
    template = saved()
    with pytest.raises(Refused, match="只有本单位"):
        templates.delete_template(template, by=walk.unit_clerk(make.unit("县财政局")))
    templates.delete_template(template, by=walk.unit_clerk())
    template.pk = template.pk or 1
    with pytest.raises(Refused, match="已被撤销"):
        templates.delete_template(template, by=walk.unit_clerk())


def test_a_template_goes_behind_what_is_written_and_nothing_is_saved(client):
    proposal, template = walk.proposal(State.ASSIGNED), saved()
    client.force_login(walk.unit_clerk().user)
    save = reverse("proposals:save_reply", args=[proposal.pk])
    answer = client.post(save, {"text": "已列入计划。", "edition": "0", "insert": template.pk})
    assert answer.status_code == 200
    assert f"已列入计划。\n{WORDS}" in answer.content.decode()
    assert not ReplyDraft.objects.exists()
    client.force_login(walk.unit_clerk(make.unit("县财政局")).user)
    assert client.post(save, {"insert": template.pk}).status_code == 404


def test_the_page_of_templates_is_the_units_own(client):
    template = saved()
    page = reverse("proposals:save_template")
    delete = reverse("proposals:delete_template", args=[template.pk])
    client.force_login(walk.unit_clerk(make.unit("县财政局")).user)
    assert WORDS not in client.get(page).content.decode()
    assert client.post(delete).status_code == 404
    client.force_login(walk.unit_clerk().user)
    assert WORDS in client.get(page).content.decode()
    answer = client.post(page, {"name": "", "text": "写好的一段"})
    assert (answer.status_code, "写好的一段" in answer.content.decode()) == (422, True)
    assert client.post(page, {"name": "开头", "text": "写好的一段"}).status_code == 302
    assert client.post(delete).status_code == 302
    assert [each.name for each in ReplyTemplate.objects.all()] == ["开头"]
    client.force_login(make.actor().user)
    assert client.get(page).status_code == 404
