"""No two sealed files lie on one path; a number has room for congress, term and certificate."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scoring', '0010_archive_papers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='archive',
            name='number',
            field=models.CharField(max_length=60, unique=True, verbose_name='档号'),
        ),
        migrations.AddConstraint(
            model_name='archive',
            constraint=models.UniqueConstraint(fields=('file',), name='archive_file_is_of_one_deputy', violation_error_message='这个文件已经是另一份档案的。'),
        ),
        migrations.AddConstraint(
            model_name='archive',
            constraint=models.UniqueConstraint(condition=models.Q(('data', ''), _negated=True), fields=('data',), name='archive_data_are_of_one_deputy', violation_error_message='这个数据文件已经是另一份档案的。'),
        ),
    ]
