"""Rows that break a constraint of what all apps share: a good one, what to change in it."""

from datetime import timedelta

from congress.shared import chain
from congress.shared.models import Notice, Seal, Setting
from congress.shared.notices import write
from tests import make
from tests.proposals import walk as proposals

EARLY = make.ELECTED_ON - timedelta(days=1)
UNCHANGED: dict = {}


def setting():
    return Setting.objects.create(key="k", value=1, from_on=make.TODAY, basis="县人大常委会决定")


def seal():
    proposals.submitted()
    chain.seal_audit()
    return Seal.objects.order_by("number")[0]


def notice():
    write([make.user()], key="k", text="请看", link="/")
    return Notice.objects.get()


SHARED = {
    "setting_once_per_key_and_date": (setting, UNCHANGED),
    "area_name_once_under_its_parent": (make.county, UNCHANGED),
    "assembly_once_per_area_and_level": (make.assembly, {"name": "另一个名称"}),
    "term_number_once_per_assembly": (make.term, UNCHANGED),
    "term_ends_after_it_begins": (make.term, {"number": 20, "to_on": make.ELECTED_ON}),
    "session_number_once_per_term": (make.session, UNCHANGED),
    "session_closes_after_it_opens": (make.session, {"number": 6, "closes_on": EARLY}),
    "organisation_name_once_per_area": (make.organisation, UNCHANGED),
    "post_ends_after_it_begins": (lambda: make.actor().post, {"to_on": EARLY}),
    "post_once_per_user_role_and_organisation_while_open": (lambda: make.actor().post, UNCHANGED),
    "seal_number_once_per_trail": (seal, {"row_id": 999}),
    "seal_row_once_per_trail": (seal, {"number": 999}),
    "notice_once_per_person_and_key": (notice, UNCHANGED),
}
