from django.db import migrations

from congress.shared import guards

CLASSES = [
    ("A", "已解决", "所提问题已经解决或者基本解决"),
    ("B", "已列计划", "正在解决或者列入计划逐步解决"),
    ("C", "条件所限", "受条件限制或其他原因需以后解决"),
]

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


def fill(apps, schema_editor):
    outcome = apps.get_model("proposals", "OutcomeClass")
    outcome.objects.bulk_create(
        outcome(code=code, name=name, meaning=meaning, position=position)
        for position, (code, name, meaning) in enumerate(CLASSES, start=1)
    )
    ground = apps.get_model("proposals", "RefusalGround")
    ground.objects.bulk_create(
        ground(code=code, name=name, position=position)
        for position, (code, name) in enumerate(GROUNDS, start=1)
    )


def empty(apps, schema_editor):
    apps.get_model("proposals", "RefusalGround").objects.all().delete()
    apps.get_model("proposals", "OutcomeClass").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0001_proposals_and_replies"),
        ("shared", "0002_roles_and_append_only_trail"),
    ]

    operations = [
        migrations.RunPython(fill, empty),
        guards.append_only("proposals_rating"),
        guards.kept_from_reader("proposals_rating"),
        *(guards.kept_from_reader(f"proposals_{name}") for name in PRIVATE),
        *guards.locked_but_never_changed("proposals_reply"),
        guards.append_only("proposals_answer"),
    ]
