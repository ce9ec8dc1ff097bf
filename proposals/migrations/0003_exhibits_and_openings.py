import congress.shared.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0002_outcome_classes_and_hidden_ratings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='reminded_on',
            field=models.DateField(null=True, verbose_name='最近一次催看'),
        ),
        migrations.CreateModel(
            name='DraftExhibit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='名称')),
                ('file', models.FileField(upload_to='replies/%Y/%m', verbose_name='文件')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('added_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='添加时间')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='添加人')),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proposals.ask', verbose_name='请求')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exhibits', to='proposals.replydraft', verbose_name='答复稿')),
            ],
            options={
                'verbose_name': '依据材料的稿子',
                'verbose_name_plural': '依据材料的稿子',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('draft', 'ask', 'digest'), name='draft_exhibit_once_per_ask')],
            },
        ),
        migrations.CreateModel(
            name='Exhibit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='名称')),
                ('file', models.FileField(upload_to='replies/%Y/%m', verbose_name='文件')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('added_at', models.DateTimeField(verbose_name='添加时间')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='添加人')),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exhibits', to='proposals.answer', verbose_name='逐条答复')),
            ],
            options={
                'verbose_name': '依据材料',
                'verbose_name_plural': '依据材料',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('answer', 'digest'), name='exhibit_once_per_answer')],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sending', models.CharField(choices=[('rehearsal', '预交办'), ('handover', '交办')], max_length=10, verbose_name='送达')),
                ('opened_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='打开时间')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='proposals.assignment', verbose_name='交办')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='打开人')),
            ],
            options={
                'verbose_name': '首次打开',
                'verbose_name_plural': '首次打开',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('assignment', 'sending'), name='opening_first_one_counts')],
            },
        ),
        guards.kept_from_reader("proposals_draftexhibit"),
        guards.append_only("proposals_exhibit"),
        guards.append_only("proposals_opening"),
    ]
