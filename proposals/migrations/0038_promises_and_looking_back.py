import congress.shared.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):
    dependencies = [
        ("deputies", "0003_one_group_and_frozen_facts"),
        ("proposals", "0037_meanings_of_classes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comparison",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "compared_at",
                    models.DateTimeField(
                        default=congress.shared.clock.now, verbose_name="比对时间"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparison",
                        to="proposals.proposal",
                        verbose_name="建议",
                    ),
                ),
            ],
            options={
                "verbose_name": "比对记录",
                "verbose_name_plural": "比对记录",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="FulfilmentRating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("satisfied", "满意"),
                            ("fair", "基本满意"),
                            ("unsatisfied", "不满意"),
                        ],
                        max_length=20,
                        verbose_name="兑现情况",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="想说的话")),
                (
                    "rated_at",
                    models.DateTimeField(
                        default=congress.shared.clock.now, verbose_name="评价时间"
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="deputies.deputy",
                        verbose_name="领衔代表",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fulfilment_ratings",
                        to="proposals.reply",
                        verbose_name="答复",
                    ),
                ),
            ],
            options={
                "verbose_name": "兑现评价",
                "verbose_name_plural": "兑现评价",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "未到期"),
                            ("reported", "已报，待核实"),
                            ("missed", "逾期未兑现"),
                            ("confirmed", "已兑现"),
                            ("replaced", "由新的答复代替"),
                        ],
                        default="due",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("words", models.CharField(max_length=120, verbose_name="办到什么")),
                ("signed_due_on", models.DateField(verbose_name="签发时的日期")),
                ("due_on", models.DateField(verbose_name="哪天办到")),
                ("done_on", models.DateField(null=True, verbose_name="兑现日期")),
                (
                    "ask",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="proposals.ask",
                        verbose_name="请求",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="proposals.reply",
                        verbose_name="答复",
                    ),
                ),
            ],
            options={
                "verbose_name": "承诺",
                "verbose_name_plural": "承诺",
                "ordering": ("reply", "position"),
            },
        ),
        migrations.CreateModel(
            name="LookBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待单位报告"),
                            ("reported", "待了结"),
                            ("kept", "继续落实"),
                            ("fulfilled", "已兑现"),
                            ("upgraded", "已转类"),
                            ("handed", "转重新办理"),
                            ("replaced", "由新的答复代替"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("missed", "承诺逾期"),
                            ("yearly", "每年回头看"),
                            ("by_hand", "代工委提出"),
                        ],
                        max_length=20,
                        verbose_name="缘由",
                    ),
                ),
                ("for_on", models.DateField(verbose_name="为哪一天")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                ("opened_on", models.DateField(verbose_name="提出日期")),
                ("report_by", models.DateField(verbose_name="报告期限")),
                ("report", models.CharField(blank=True, max_length=500, verbose_name="单位报告")),
                ("reported_on", models.DateField(null=True, verbose_name="报告日期")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="了结的话")),
                ("next_on", models.DateField(null=True, verbose_name="新的日期")),
                ("decided_on", models.DateField(null=True, verbose_name="了结日期")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="了结人",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="look_backs",
                        to="proposals.reply",
                        verbose_name="答复",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报告人",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="look_backs",
                        to="proposals.promise",
                        verbose_name="承诺",
                    ),
                ),
            ],
            options={
                "verbose_name": "回头看",
                "verbose_name_plural": "回头看",
                "ordering": ("report_by", "id"),
            },
        ),
        migrations.CreateModel(
            name="StepReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="怎么兑现的")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="照片名称")),
                (
                    "file",
                    models.FileField(blank=True, upload_to="promises/%Y/%m", verbose_name="照片"),
                ),
                ("reported_on", models.DateField(verbose_name="报告日期")),
                (
                    "return_words",
                    models.CharField(blank=True, max_length=200, verbose_name="退回意见"),
                ),
                ("decided_on", models.DateField(null=True, verbose_name="核实日期")),
                (
                    "reported_at",
                    models.DateTimeField(
                        default=congress.shared.clock.now, verbose_name="报告时间"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核实人",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="proposals.promise",
                        verbose_name="承诺",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报告人",
                    ),
                ),
            ],
            options={
                "verbose_name": "兑现报告",
                "verbose_name_plural": "兑现报告",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Upgrade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待核实"),
                            ("confirmed", "已核实"),
                            ("refused", "不同意"),
                            ("replaced", "由新的答复代替"),
                        ],
                        default="asked",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("evidence", models.CharField(max_length=300, verbose_name="依据")),
                ("asked_on", models.DateField(verbose_name="申请日期")),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="核实意见")),
                ("decided_on", models.DateField(null=True, verbose_name="核实日期")),
                (
                    "ask",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upgrades",
                        to="proposals.ask",
                        verbose_name="请求",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
                (
                    "becomes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="proposals.outcomeclass",
                        verbose_name="转为",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核实人",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upgrades",
                        to="proposals.reply",
                        verbose_name="答复",
                    ),
                ),
                (
                    "was",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="proposals.outcomeclass",
                        verbose_name="原来的类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "转类",
                "verbose_name_plural": "转类",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("found", "待认定"),
                            ("dismissed", "不是同一件"),
                            ("confirmed", "待单位说明"),
                            ("explained", "待了结"),
                            ("stands", "办结成立"),
                            ("revoked", "撤销已解决"),
                        ],
                        default="found",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("lineage", "代表说明接着以前那件"),
                            ("known", "已认定是反复提出"),
                            ("alike", "标题和内容相近"),
                        ],
                        max_length=20,
                        verbose_name="缘由",
                    ),
                ),
                (
                    "found_at",
                    models.DateTimeField(
                        default=congress.shared.clock.now, verbose_name="发现时间"
                    ),
                ),
                ("confirmed_on", models.DateField(null=True, verbose_name="认定日期")),
                ("explain_by", models.DateField(null=True, verbose_name="说明期限")),
                (
                    "explanation",
                    models.CharField(blank=True, max_length=800, verbose_name="单位说明"),
                ),
                ("explained_on", models.DateField(null=True, verbose_name="说明日期")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="了结的话")),
                ("decided_on", models.DateField(null=True, verbose_name="了结日期")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="认定人",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="了结人",
                    ),
                ),
                (
                    "explained_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="说明人",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="proposals.proposal",
                        verbose_name="又提出的",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="proposals.reply",
                        verbose_name="原来的答复",
                    ),
                ),
            ],
            options={
                "verbose_name": "又被提出",
                "verbose_name_plural": "又被提出",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "reply"), name="challenge_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    (
                                        "state__in",
                                        frozenset(["confirmed", "explained", "revoked", "stands"]),
                                    ),
                                    _negated=True,
                                ),
                                ("confirmed_by__isnull", True),
                                ("confirmed_on__isnull", True),
                                ("explain_by__isnull", True),
                            ),
                            models.Q(
                                ("confirmed_by__isnull", False),
                                (
                                    "state__in",
                                    frozenset(["confirmed", "explained", "revoked", "stands"]),
                                ),
                                ("confirmed_on__isnull", False),
                                ("explain_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="challenge_confirmed_has_who_when_and_until",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("explained_by__isnull", True),
                                ("explained_on__isnull", True),
                                ("explanation", ""),
                            ),
                            models.Q(
                                ("explained_by__isnull", False),
                                ("explained_on__isnull", False),
                                models.Q(("explanation", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="challenge_explained_has_who_when_and_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by__isnull", True),
                                ("decided_on__isnull", True),
                                ("state__in", ("found", "confirmed", "explained")),
                                ("words", ""),
                            ),
                            models.Q(
                                ("state__in", ("dismissed", "stands", "revoked")),
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="challenge_decided_has_who_when_and_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftPromise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("due_on", models.DateField(null=True, verbose_name="哪天办到")),
                ("words", models.CharField(blank=True, max_length=120, verbose_name="办到什么")),
                (
                    "ask",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="proposals.ask",
                        verbose_name="请求",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promises",
                        to="proposals.replydraft",
                        verbose_name="答复稿",
                    ),
                ),
            ],
            options={
                "verbose_name": "承诺的稿子",
                "verbose_name_plural": "承诺的稿子",
                "ordering": ("draft", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("draft", "position"), name="draft_promise_position_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["state", "due_on"], name="promise_by_day"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.UniqueConstraint(
                fields=("reply", "position"), name="promise_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="promise_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_on__isnull", False), ("state", "confirmed")),
                    models.Q(
                        models.Q(("state", "confirmed"), _negated=True), ("done_on__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="promise_kept_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cause", "missed")),
                fields=("promise", "for_on"),
                name="look_back_once_per_step_and_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cause", "yearly")),
                fields=("reply", "for_on"),
                name="look_back_once_per_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cause", "by_hand"), ("state__in", ("open", "reported"))),
                fields=("reply",),
                name="look_back_one_by_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cause", "missed"), ("opened_by__isnull", True), ("promise__isnull", False)
                    ),
                    models.Q(
                        ("cause", "yearly"), ("opened_by__isnull", True), ("promise__isnull", True)
                    ),
                    models.Q(
                        ("cause", "by_hand"),
                        ("opened_by__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="look_back_has_its_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("report", ""), ("reported_by__isnull", True), ("reported_on__isnull", True)
                    ),
                    models.Q(
                        ("reported_by__isnull", False),
                        ("reported_on__isnull", False),
                        models.Q(("report", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="look_back_reported_has_who_when_and_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_on__isnull", False),
                        (
                            "state__in",
                            frozenset(["fulfilled", "handed", "kept", "replaced", "upgraded"]),
                        ),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "state__in",
                                frozenset(["fulfilled", "handed", "kept", "replaced", "upgraded"]),
                            ),
                            _negated=True,
                        ),
                        ("decided_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="look_back_settled_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "kept"), _negated=True),
                    models.Q(("next_on__isnull", False), models.Q(("words", ""), _negated=True)),
                    _connector="OR",
                ),
                name="look_back_kept_has_a_new_day_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_on__isnull", True)),
                fields=("promise",),
                name="step_report_one_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="step_report_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="stepreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_by__isnull", True),
                        ("decided_on__isnull", True),
                        ("return_words", ""),
                    ),
                    models.Q(("decided_by__isnull", False), ("decided_on__isnull", False)),
                    _connector="OR",
                ),
                name="step_report_decided_has_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="upgrade",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")),
                fields=("reply", "ask"),
                name="upgrade_one_waits",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="upgrade",
            constraint=models.CheckConstraint(
                condition=models.Q(("was", models.F("becomes")), _negated=True),
                name="upgrade_changes_the_class",
            ),
        ),
        migrations.AddConstraint(
            model_name="upgrade",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence", ""), _negated=True), name="upgrade_shows_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="upgrade",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_by__isnull", True),
                        ("decided_on__isnull", True),
                        ("state", "asked"),
                    ),
                    models.Q(
                        ("decided_by__isnull", False),
                        ("state", "confirmed"),
                        ("decided_on__isnull", False),
                    ),
                    models.Q(
                        ("decided_by__isnull", False),
                        ("state", "refused"),
                        ("decided_on__isnull", False),
                        models.Q(("words", ""), _negated=True),
                    ),
                    models.Q(
                        ("decided_by__isnull", True),
                        ("decided_on__isnull", False),
                        ("state", "replaced"),
                    ),
                    _connector="OR",
                ),
                name="upgrade_decided_has_who_and_when",
            ),
        ),
        guards.append_only("proposals_fulfilmentrating"),
        guards.kept_from_reader("proposals_fulfilmentrating"),
        guards.kept_from_reader("proposals_draftpromise"),
    ]
