"""The reply of a public proposal may be withheld, with its reason."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0018_requests_declined_or_overtaken'),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='reply_withheld_reason',
            field=models.CharField(blank=True, max_length=120, verbose_name='答复不公开的理由'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('reply_withheld_reason', ''), models.Q(('withheld_reason', ''), models.Q(('state', 'published'), _negated=True)), _connector='OR'), name='proposal_reply_withheld_alone_and_unpublished'),
        ),
    ]
