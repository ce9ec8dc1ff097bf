"""公开: what the government's site shows leads to the whole story, which one can follow by mail."""

import pytest

from proposals import tasks
from proposals.models import Watch
from proposals.queries import watching
from proposals.states import State
from tests import make, post
from tests.proposals import walk

pytestmark = pytest.mark.django_db(transaction=True)


def test_results_are_public_on_two_sites_and_followed_by_mail(phone, settings):
    """
    把代表建议办理作为信息公开法定事项，在政府网和人大网开设专栏，
    将涉及公共利益、公众权益、社会关切及需要社会广泛知晓的建议办理结果予以公开。
    """
    done, hidden = (
        walk.proposal(State.PUBLISHED),
        walk.proposal(State.ANSWERED, title="关于某户的建议", withheld="涉及个人隐私"),
    )
    phone.goes_to(f"/proposals/embed/?unit={make.unit().pk}")
    assert (done.title in phone.text(), hidden.title in phone.text()) == (True, False)
    phone.goes_to(f"/proposals/public/{done.number}/")
    phone.reads("已列入今年第二批计划")
    with post.office(settings) as (taken, _):
        phone.follows("县交通运输局")
        phone.reads("按期答复率")
        phone.page.get_by_label("电子邮箱").fill("reader@example.org")
        phone.presses("关注", exact=True)
        phone.reads("请到邮箱里确认")
        assert (tasks.ask_watchers(), taken) == (1, ["reader@example.org"])
    path = watching.confirm_address(Watch.objects.get()).removeprefix(settings.SITE_URL)
    phone.goes_to(path)
    phone.presses("确认关注")
    phone.reads("已经关注：县交通运输局承办的建议")
