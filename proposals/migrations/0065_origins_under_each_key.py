"""Where a rating came from is kept under each key in use."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0064_openings_refused'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='ratingorigin',
            name='rating_origin_once',
        ),
        migrations.AddConstraint(
            model_name='ratingorigin',
            constraint=models.UniqueConstraint(fields=('rating', 'trace', 'digest'), name='rating_origin_once'),
        ),
    ]
