import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from congress.shared import guards

PROTECT = django.db.models.deletion.PROTECT
ANSWERED = ("upheld", "dismissed")


def pk():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def person(name, **more):
    return models.ForeignKey(
        on_delete=PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name=name,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0004_drafts_and_frozen_books"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", pk()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "处理中"),
                            ("upheld", "成立"),
                            ("dismissed", "不成立"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=PROTECT,
                        related_name="appeals",
                        to="scoring.entry",
                        verbose_name="哪一笔",
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="理由")),
                ("opened_at", models.DateTimeField(verbose_name="提出时间")),
                ("due_on", models.DateField(verbose_name="答复期限")),
                ("opened_by", person("提出人")),
                ("checked_by", person("核对人")),
                ("verified_by", person("核实人")),
                ("answered_by", person("答复人", null=True)),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="答复")),
            ],
            options={
                "verbose_name": "积分异议",
                "verbose_name_plural": "积分异议",
                "ordering": ("due_on", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=~Q(state="withdrawn"),
                        fields=("entry",),
                        name="appeal_once_per_line_unless_withdrawn",
                        violation_error_message="这一笔已经提过异议。",
                    ),
                    models.CheckConstraint(
                        condition=~Q(words=""),
                        name="appeal_says_why",
                        violation_error_message="请写明哪里不对。",
                    ),
                    models.CheckConstraint(
                        condition=(
                            Q(
                                state__in=ANSWERED,
                                answered_by__isnull=False,
                                answered_at__isnull=False,
                            )
                            & ~Q(answer="")
                        )
                        | (
                            ~Q(state__in=ANSWERED)
                            & Q(answered_by__isnull=True, answered_at__isnull=True, answer="")
                        ),
                        name="appeal_answered_has_who_and_when_and_words",
                        violation_error_message="答复必须有答复人、时间和说明。",
                    ),
                    models.CheckConstraint(
                        condition=Q(answered_by__isnull=True)
                        | (
                            ~Q(answered_by=F("opened_by"))
                            & ~Q(answered_by=F("checked_by"))
                            & ~Q(answered_by=F("verified_by"))
                        ),
                        name="appeal_is_answered_by_another",
                        violation_error_message="异议须由没有经手过这一笔的人答复。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AppealWords",
            fields=[
                ("id", pk()),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=PROTECT,
                        related_name="further",
                        to="scoring.appeal",
                        verbose_name="异议",
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="补充")),
                ("said_at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "异议补充",
                "verbose_name_plural": "异议补充",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(condition=~Q(words=""), name="appeal_words_say_something")
                ],
            },
        ),
        migrations.CreateModel(
            name="AppealPhoto",
            fields=[
                ("id", pk()),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=PROTECT,
                        related_name="photos",
                        to="scoring.appeal",
                        verbose_name="异议",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=120, upload_to="appeals/%Y", verbose_name="文件"
                    ),
                ),
                ("width", models.PositiveIntegerField(verbose_name="宽")),
                ("height", models.PositiveIntegerField(verbose_name="高")),
                ("sha256", models.CharField(max_length=64, verbose_name="摘要")),
            ],
            options={
                "verbose_name": "异议凭据",
                "verbose_name_plural": "异议凭据",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("appeal", "sha256"),
                        name="appeal_photo_once_per_appeal_and_content",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="entry",
            name="corrects",
            field=models.OneToOneField(
                null=True,
                on_delete=PROTECT,
                related_name="correction",
                to="scoring.entry",
                verbose_name="改正哪一笔",
            ),
        ),
        migrations.RemoveConstraint("entry", "entry_once_per_record_and_assembly"),
        migrations.RemoveConstraint("entry", "entry_is_positive_or_reverses"),
        migrations.AddConstraint(
            "entry",
            models.UniqueConstraint(
                condition=Q(reverses__isnull=True, corrects__isnull=True),
                fields=("record", "assembly"),
                name="entry_once_per_record_and_assembly",
            ),
        ),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, points__gt=0)
                | Q(reverses__isnull=False, corrects__isnull=True, points__lt=0),
                name="entry_is_positive_or_reverses",
            ),
        ),
        guards.append_only("scoring_appealwords"),
        guards.append_only("scoring_appealphoto"),
    ]
