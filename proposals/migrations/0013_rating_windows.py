"""A reply stands as it went out; the last day to rate it may move, in rows beside it."""

import django.db.models.deletion
from django.db import migrations, models

import congress.shared.clock
from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0012_drafts_of_a_congress'),
    ]

    operations = [
        migrations.RenameField('reply', 'rate_until', 'first_rate_until'),
        migrations.AlterField(
            model_name='reply',
            name='first_rate_until',
            field=models.DateField(verbose_name='签发时的评价截止'),
        ),
        migrations.CreateModel(
            name='RatingWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField(verbose_name='评价截止')),
                ('moved_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='调整时间')),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rating_windows', to='proposals.reply', verbose_name='答复')),
            ],
            options={
                'verbose_name': '评价期',
                'verbose_name_plural': '评价期',
                'ordering': ('-id',),
            },
        ),
        guards.append_only("proposals_ratingwindow"),
    ]
