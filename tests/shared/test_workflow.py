import pytest
from django.db import IntegrityError, transaction

from congress.shared import clock
from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Post
from congress.shared.roles import Role
from congress.shared.workflow import lock, move, record
from deputies.models import RosterImport
from deputies.states import ImportState
from tests import make


def an_import() -> RosterImport:
    return RosterImport.objects.create(
        file_name="名册.xlsx",
        sheet="名册",
        header_row=3,
        county=make.county(),
        elected_on=make.ELECTED_ON,
        uploaded_by=make.user(),
        uploaded_at=clock.now(),
    )


@pytest.mark.django_db
def test_a_step_is_taken_and_leaves_who_when_and_from_where_to_where():
    batch, staff = an_import(), make.actor()
    with transaction.atomic():
        move(lock(batch), ImportState.DROPPED, by=staff, note="传错了文件")
    batch.refresh_from_db()
    event = AuditEvent.objects.get()
    assert batch.state == ImportState.DROPPED
    assert (event.subject, event.subject_id) == ("deputies.RosterImport", batch.pk)
    assert (event.was, event.now, event.note) == ("matching", "dropped", "传错了文件")
    assert (event.by_name, event.post) == (staff.user.name, str(staff.post))


@pytest.mark.django_db
def test_a_step_that_is_not_in_the_table_is_refused_in_words():
    batch = an_import()
    with transaction.atomic():
        move(lock(batch), ImportState.DROPPED, by=SYSTEM)
    with pytest.raises(Refused, match="目前是“已放弃”，不能变为“已导入”"), transaction.atomic():
        move(lock(batch), ImportState.APPLIED, by=SYSTEM)


@pytest.mark.django_db
def test_the_system_itself_leaves_its_name_in_the_trail():
    record(make.county(), "looked", by=SYSTEM)
    assert AuditEvent.objects.values_list("by_name", "by_id", "post").get() == ("系统", None, "")


@pytest.mark.django_db
def test_the_same_post_cannot_be_open_twice():
    staff = make.actor(Role.STAFF_CLERK)
    with pytest.raises(IntegrityError, match="post_once_per_user_role_and_organisation"):
        Post.objects.create(
            user=staff.user,
            organisation=staff.post.organisation,
            role=Role.STAFF_CLERK,
            from_on=make.ELECTED_ON,
        )
