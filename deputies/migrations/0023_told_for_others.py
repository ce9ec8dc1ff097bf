import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deputies', '0022_placements_and_matters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='dutyrecord',
            name='duty_waiting',
        ),
        migrations.AddField(
            model_name='dutyrecord',
            name='confirmed_at',
            field=models.DateTimeField(null=True, verbose_name='本人确认时间'),
        ),
        migrations.AddField(
            model_name='dutyrecord',
            name='duplicate_of',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deputies.dutyrecord', verbose_name='与哪一条重复'),
        ),
        migrations.AddField(
            model_name='dutyrecord',
            name='late_reason',
            field=models.CharField(blank=True, max_length=120, verbose_name='逾期补登原因'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='phash',
            field=models.BigIntegerField(null=True, verbose_name='感知摘要'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='resembles',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='deputies.evidence', verbose_name='与哪一张相似'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='taken_on',
            field=models.DateField(null=True, verbose_name='拍摄日期'),
        ),
        migrations.AlterField(
            model_name='dutyrecord',
            name='state',
            field=models.CharField(choices=[('entered', '待本人确认'), ('reported', '待核对'), ('checked', '待核实'), ('verified', '已核实'), ('returned', '已退回'), ('withdrawn', '已撤回')], default='reported', max_length=20, verbose_name='状态'),
        ),
        migrations.AddIndex(
            model_name='dutyrecord',
            index=models.Index(condition=models.Q(('state__in', ('entered', 'reported', 'checked'))), fields=['state', 'done_on'], name='duty_waiting'),
        ),
    ]
