"""A reply keeps what stood when it was signed; one from before says what the records have."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0015_sheet_windows'),
    ]

    operations = [
        migrations.AddField(
            model_name='reply',
            name='stood',
            field=models.JSONField(default=dict, help_text='答复函和征询意见表照此写', verbose_name='签发时的情况'),
        ),
    ]
