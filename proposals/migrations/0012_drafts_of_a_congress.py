"""A draft keeps to which congress it will be put, for who sits in two of them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0011_sheets_heard_from'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='assembly',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.assembly', verbose_name='向哪一级人大提'),
        ),
    ]
