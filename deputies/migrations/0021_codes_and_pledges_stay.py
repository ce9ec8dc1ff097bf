import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deputies', '0020_one_group_looked_at_in_turn'),
    ]

    operations = [
        migrations.AlterField(
            model_name='retiredcode',
            name='deputy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deputies.deputy', verbose_name='代表'),
        ),
        migrations.AlterField(
            model_name='pledge',
            name='deputy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='deputies.deputy', verbose_name='代表'),
        ),
    ]
