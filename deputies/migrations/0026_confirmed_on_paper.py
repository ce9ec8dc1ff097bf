import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deputies', '0025_verified_facts_are_frozen'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='dutyrecord',
            name='paper_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='收纸面确认的人'),
        ),
        migrations.AddField(
            model_name='dutyrecord',
            name='paper_note',
            field=models.CharField(blank=True, max_length=120, verbose_name='纸面确认说明'),
        ),
        migrations.AddField(
            model_name='dutyrecord',
            name='paper_on',
            field=models.DateField(null=True, verbose_name='纸面确认日期'),
        ),
    ]
