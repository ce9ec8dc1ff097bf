from datetime import timedelta
from hashlib import sha256

from django.db import migrations

from congress.shared import guards

GROUNDS = [
    ("private", "涉及代表本人或亲属的个人问题"),
    ("case", "涉及具体司法案件"),
    ("forwarded", "代转人民群众来信"),
    ("accusation", "检举、控告、申诉"),
    ("academic", "属于学术探讨"),
    ("product", "推介产品，推荐具体单位或者个人"),
    ("bidding", "涉及具体招标投标、采购"),
    ("empty", "没有具体内容"),
    ("beyond", "不属于本级职权范围"),
]
PRIVATE = ("draft", "attachment", "replydraft", "draftanswer", "opinion")
SIGNED_FOR = timedelta(days=30)
LONGEST = 300


def grounds(apps, schema_editor):
    ground = apps.get_model("proposals", "RefusalGround")
    ground.objects.bulk_create(
        ground(code=code, name=name, position=position)
        for position, (code, name) in enumerate(GROUNDS, start=1)
    )


def no_grounds(apps, schema_editor):
    apps.get_model("proposals", "RefusalGround").objects.all().delete()


def parts(apps, schema_editor):
    """Each unit's part has its state and its place: the one that answers stands first."""
    assignment = apps.get_model("proposals", "Assignment")
    places = {}
    for row in assignment.objects.select_related("proposal").order_by("proposal", "pk"):
        leads = row.role == "lead"
        places[row.proposal_id] = place = places.get(row.proposal_id, 0) + (not leads)
        answered_on = row.proposal.answered_on
        row.position = 0 if leads else place
        row.state = "done" if answered_on else "handed"
        row.done_on = answered_on
        row.save(update_fields=["position", "state", "done_on"])


def signatures(apps, schema_editor):
    """Who signed before texts had a digest stands behind the text as it reads now."""
    cosignature = apps.get_model("proposals", "Cosignature")
    for row in cosignature.objects.select_related("proposal"):
        words = "\n\n".join((row.proposal.title, row.proposal.facts, row.proposal.request))
        row.digest = sha256(words.encode()).hexdigest()
        row.expires_on = row.signed_at.date() + SIGNED_FOR
        row.save(update_fields=["digest", "expires_on"])


def asks(apps, schema_editor):
    """What was asked for, line by line, for all that are numbered."""
    ask = apps.get_model("proposals", "Ask")
    numbered = apps.get_model("proposals", "Proposal").objects.exclude(number="")
    for row in numbered.order_by("pk"):
        lines = [line.strip()[:LONGEST] for line in row.request.splitlines() if line.strip()]
        ask.objects.bulk_create(
            ask(proposal=row, position=position, text=line)
            for position, line in enumerate(lines, start=1)
        )


def no_asks(apps, schema_editor):
    apps.get_model("proposals", "Ask").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("proposals", "0003_raise_review_assign_handle")]

    operations = [
        migrations.RunPython(grounds, no_grounds),
        migrations.RunPython(parts, migrations.RunPython.noop),
        migrations.RunPython(signatures, migrations.RunPython.noop),
        migrations.RunPython(asks, no_asks),
        *(guards.kept_from_reader(f"proposals_{name}") for name in PRIVATE),
        *guards.locked_but_never_changed("proposals_reply"),
        guards.append_only("proposals_answer"),
    ]
