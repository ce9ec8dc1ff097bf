from django.db import migrations

from congress.shared import guards

# code, name, aspect, condition: our own proposal, editable; not an official table
STARS = [
    ("stance", "政治星", "拥护宪法法律和人民代表大会制度", "代工委核定无违反"),
    ("law", "守法星", "遵纪守法廉洁自律", "当年无违纪违法记录"),
    ("meetings", "会议星", "出席人代会", "全部出席或经批准请假不超过一次，无未经批准缺席"),
    ("speaking", "审议星", "审议发言", "至少一次审议或专题发言"),
    ("proposals", "建议星", "提出建议", "领衔一件或联名三件以上受理"),
    ("follow_up", "督办星", "参与办理", "所提建议三见面全部确认并按时评价（未提建议的看参加督办活动一次）"),
    ("voters", "联系星", "联系群众", "接待日到岗率不低于八成且每年不少于四次"),
    ("activities", "活动星", "参加活动", "应参加活动到场率不低于七成"),
    ("learning", "学习星", "学习培训", "完成年度学习任务"),
    ("image", "形象星", "述职测评", "述职一次且测评满意和基本满意不低于八成"),
]
# grade, stars from, stars to
GRADES = [
    ("优秀", 9, 10),
    ("良好", 7, 8),
    ("称职", 6, 6),
    ("基本称职", 5, 5),
    ("不定等次", 0, 4),
]
KEPT = ("appealwords", "appealphoto", "ledgeraudit", "ledgerfault", "ledgeranchor")


def fill(apps, schema_editor):
    star = apps.get_model("scoring", "Star")
    star.objects.bulk_create(
        star(code=code, name=name, aspect=aspect, condition=condition, position=position)
        for position, (code, name, aspect, condition) in enumerate(STARS, start=1)
    )
    grade = apps.get_model("scoring", "Grade")
    grade.objects.bulk_create(
        grade(name=name, stars_from=low, stars_to=high, position=position)
        for position, (name, low, high) in enumerate(GRADES, start=1)
    )


def empty(apps, schema_editor):
    apps.get_model("scoring", "Grade").objects.all().delete()
    apps.get_model("scoring", "Star").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0001_ledger_and_review"),
        ("shared", "0002_roles_and_append_only_trail"),
    ]

    operations = [
        migrations.RunPython(fill, empty),
        guards.append_only("scoring_entry"),
        guards.append_only("scoring_appraisal"),
        guards.append_only("scoring_starlight"),
        guards.append_only("scoring_archive"),
        *guards.locked_but_never_changed("scoring_grading"),
        *(guards.append_only(f"scoring_{name}") for name in KEPT),
    ]
