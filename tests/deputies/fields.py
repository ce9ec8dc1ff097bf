"""专业代表小组 and 对口调研 in each of their states, walked there by the real verbs."""

from datetime import timedelta

from congress.shared.models.places import OrganisationKind
from deputies.actions import specialists, studies
from deputies.actions.studies import Call
from deputies.models import SpecialistGroup, Study, StudyFinding, StudyInvitation
from deputies.states import Answer, StudyKind, StudyState
from tests import make

TODAY = make.TODAY


def committee(name: str = "财政经济委员会"):
    return make.organisation(OrganisationKind.SPECIAL, name)


def group(name: str = "财经专业代表小组", by=None) -> SpecialistGroup:
    found = SpecialistGroup.objects.filter(name=name, dissolved_on=None).first()
    return found or specialists.form_specialists(
        name=name, field="财政预算", committee=committee(), by=by or make.actor(), today=TODAY
    )


def join(*people, of: SpecialistGroup | None = None, by=None, today=TODAY):
    return specialists.join_specialists(
        of or group(), deputies=people or [make.deputy()], by=by or make.actor(), today=today
    )


def member(of: SpecialistGroup | None = None):
    return join(of=of)[0]


def call(starts_on=TODAY, **how) -> Call:
    said = {"topic": "2027 年预算草案审查", "place": "县财政局", "ends_on": starts_on} | how
    return Call(kind=StudyKind.PRE_STUDY, starts_on=starts_on, **said)


def called(*people, of: SpecialistGroup | None = None, by=None, starts_on=TODAY) -> Study:
    place = of or group()
    named = people or [member(place).deputy]
    return studies.call_study(
        place, call=call(starts_on), deputies=named, by=by or make.actor(), today=TODAY
    )


def invitation(study: Study | None = None) -> StudyInvitation:
    return (study or called()).invitations.select_related("deputy", "study").first()


def answered(answer=Answer.YES, reason="", row=None, by=None, today=TODAY) -> StudyInvitation:
    one = row or invitation()
    return studies.answer_invitation(
        one, answer=answer, reason=reason, by=by or make.as_deputy(one.deputy), today=today
    )


def finding(
    study: Study | None = None, by=None, found="项目支出偏粗", deputy=None, today=TODAY
) -> StudyFinding:
    one = study or called()
    deputy = deputy or one.invitations.first().deputy
    return studies.add_finding(
        one,
        deputy=deputy,
        found=found,
        advice="细化到具体项目",
        by=by or make.as_deputy(deputy),
        today=today,
    )


def reported(study: Study | None = None, by=None) -> Study:
    one = study or called()
    if not one.findings.exists():
        finding(one)
    words = "总体可行，应细化项目支出。"
    return studies.file_report(one, report=words, by=by or make.actor(), today=TODAY)


def cancelled(study: Study | None = None, by=None) -> Study:
    return studies.cancel_study(study or called(), reason="与会议冲突", by=by or make.actor())


IN_STATE = {
    StudyState.CALLED: called,
    StudyState.REPORTED: reported,
    StudyState.CANCELLED: cancelled,
}
LATER = TODAY + timedelta(days=3)
