import congress.shared.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('scoring', '0005_appeals'),
        ('shared', '0006_special_committees'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerAudit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='查账时间')),
                ('entries', models.PositiveBigIntegerField(verbose_name='笔数')),
                ('drift', models.DecimalField(decimal_places=1, max_digits=10, verbose_name='相差分数')),
                ('chain', models.CharField(blank=True, max_length=300, verbose_name='链上不符')),
                ('faults', models.PositiveIntegerField(verbose_name='不符几处')),
                ('seconds', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='用时（秒）')),
                ('head_number', models.PositiveBigIntegerField(verbose_name='链首封签号')),
                ('head_digest', models.CharField(max_length=64, verbose_name='链首摘要')),
            ],
            options={
                'verbose_name': '查账记录',
                'verbose_name_plural': '查账记录',
                'ordering': ('-at', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('faults__gt', 0), models.Q(('chain', ''), ('drift', 0)), _connector='OR'), name='ledger_audit_with_drift_or_broken_chain_has_faults')],
            },
        ),
        migrations.CreateModel(
            name='LedgerAnchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='月份')),
                ('head_number', models.PositiveBigIntegerField(verbose_name='链首封签号')),
                ('head_digest', models.CharField(max_length=64, verbose_name='链首摘要')),
                ('seated', models.PositiveIntegerField(verbose_name='月末在任代表')),
                ('without', models.PositiveIntegerField(verbose_name='当月没有记分的代表')),
                ('made_at', models.DateTimeField(verbose_name='制作时间')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.assembly', verbose_name='人民代表大会')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='制作人')),
                ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='scoring.ledgeraudit', verbose_name='查账记录')),
            ],
            options={
                'verbose_name': '积分月报',
                'verbose_name_plural': '积分月报',
                'ordering': ('-month', 'assembly'),
                'constraints': [models.UniqueConstraint(fields=('assembly', 'month'), name='ledger_anchor_once_per_assembly_and_month'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='ledger_anchor_month_is_a_first'), models.CheckConstraint(condition=models.Q(('without__lte', models.F('seated'))), name='ledger_anchor_counts_within_seated')],
            },
        ),
        migrations.CreateModel(
            name='LedgerFault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('sentence', models.CharField(max_length=300, verbose_name='不符之处')),
                ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sentences', to='scoring.ledgeraudit', verbose_name='查账记录')),
            ],
            options={
                'verbose_name': '查账不符',
                'verbose_name_plural': '查账不符',
                'ordering': ('audit', 'position'),
                'constraints': [models.UniqueConstraint(fields=('audit', 'position'), name='ledger_fault_position_once')],
            },
        ),
        guards.append_only("scoring_ledgeraudit"),
        guards.append_only("scoring_ledgerfault"),
        guards.append_only("scoring_ledgeranchor"),
    ]
