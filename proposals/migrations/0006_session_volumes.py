import congress.shared.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0005_sheets_taken_back'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Volume',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', '正在生成'), ('made', '已生成'), ('failed', '没有生成成功')], default='asked', max_length=20, verbose_name='状态')),
                ('asked_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='什么时候要的')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='开始过几次')),
                ('cases', models.PositiveIntegerField(default=0, verbose_name='件数')),
                ('pdf', models.CharField(blank=True, max_length=120, verbose_name='案卷文件')),
                ('book', models.CharField(blank=True, max_length=120, verbose_name='目录文件')),
                ('made_at', models.DateTimeField(null=True, verbose_name='生成时间')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁要的')),
                ('asked_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.post', verbose_name='职务')),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='shared.session', verbose_name='会次')),
            ],
            options={
                'verbose_name': '案卷',
                'verbose_name_plural': '案卷',
                'ordering': ('-id',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('book', ''), ('made_at__isnull', True), ('pdf', '')), models.Q(models.Q(('pdf', ''), _negated=True), models.Q(('book', ''), _negated=True), ('made_at__isnull', False)), _connector='OR'), name='volume_has_both_files_and_their_moment_or_none'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'made'), _negated=True), models.Q(('pdf', ''), _negated=True), _connector='OR'), name='volume_made_has_its_files')],
            },
        ),
    ]
