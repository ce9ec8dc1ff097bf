"""Signed replies keep the class, of the whole and of each ask, and the session as they stand now.

On the way back what they keep stays: nobody read it before.
"""

from django.db import migrations

from congress.shared.numerals import in_chinese

WORDS = {
    "session": "建议的答复",
    "bill": "议案的答复",
    "intersession": "闭会期间建议的答复",
    "campaign": "代表行动建议的答复",
}


def title(proposal):
    """As the letter has had it."""
    session = proposal.session
    assembly = session.term.assembly
    place = "县" if assembly.level.code == "county" else assembly.area.name
    congress = f"对{place}{in_chinese(session.term.number)}届人大"
    if proposal.kind in ("session", "bill"):
        congress += f"{in_chinese(session.number)}次会议"
    return [congress, f"第{proposal.number.removeprefix(place)}号{WORDS[proposal.kind]}"]


def keep(apps, schema_editor):
    proposals = apps.get_model("proposals", "Proposal").objects.select_related(
        "session__term__assembly__level", "session__term__assembly__area"
    )
    rows = apps.get_model("proposals", "Reply").objects
    found = rows.select_related("outcome", "assignment").prefetch_related("answers__outcome")
    for reply in found.iterator(chunk_size=500):
        pk = reply.assignment.proposal_id
        along = proposals.filter(merged_into=pk, state__in=("merged", "answered", "published"))
        reply.stood |= {
            "result": [reply.outcome.code, reply.outcome.name],
            "results": {
                str(each.ask_id): [each.outcome.code, each.outcome.name]
                for each in reply.answers.all()
            },
            "titles": {
                str(each.pk): title(each) for each in [proposals.get(pk=pk), *along.order_by("pk")]
            },
        }
        reply.save(update_fields=["stood"])


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0033_invitations_end"),
        ("shared", "0004_numbered_workdays"),
    ]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
