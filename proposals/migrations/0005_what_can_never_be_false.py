from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0004_parts_texts_and_asks")]

    operations = [
        migrations.AddConstraint(
            model_name='cosignature',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'standing')), fields=('proposal', 'deputy'), name='cosignature_once_per_deputy'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(condition=models.Q(('denied_at', None)), fields=('assignment', 'stage'), name='meeting_once_per_stage', violation_error_message='这次见面已经记录过。'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('denial', ''), ('denied_at__isnull', True), ('denied_by__isnull', True)), models.Q(('denied_at__isnull', False), ('denied_by__isnull', False), models.Q(('denial', ''), _negated=True)), _connector='OR'), name='meeting_denied_has_who_when_and_words'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('denied_at__isnull', True), _connector='OR'), name='meeting_confirmed_or_denied'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', frozenset(['accepted', 'answered', 'assigned', 'merged', 'published', 'rehearsed'])), models.Q(('number', ''), _negated=True)), models.Q(('number', ''), ('state__in', frozenset(['letter', 'refused', 'returned', 'signing', 'submitted']))), ('state', 'withdrawn'), _connector='OR'), name='proposal_accepted_has_number', violation_error_message='受理后的建议必须有编号。'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', frozenset(['answered', 'assigned', 'published'])), _negated=True), ('due_on__isnull', False), ('merged_into__isnull', False), _connector='OR'), name='proposal_in_hand_has_due_date', violation_error_message='交办后的建议必须有答复期限。'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sign_until__isnull', False), ('state', 'signing'), ('submitted_on__isnull', True)), models.Q(models.Q(('state', 'signing'), _negated=True), ('submitted_on__isnull', False)), ('state', 'withdrawn'), _connector='OR'), name='proposal_signing_ends_some_day'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground__isnull', False), ('state', 'refused')), models.Q(models.Q(('state', 'refused'), _negated=True), ('ground__isnull', True)), _connector='OR'), name='proposal_refused_has_its_ground', violation_error_message='不予受理要写明属于哪一种情形。'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('refused', 'letter', 'withdrawn')), _negated=True), models.Q(('closing_words', ''), _negated=True), _connector='OR'), name='proposal_closed_says_why'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), ('state__in', frozenset(['answered', 'published'])), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='proposal_merged_into_another'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='proposal_never_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'removed'), _negated=True), fields=('proposal', 'unit'), name='assignment_once_per_unit'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'lead'), models.Q(('state', 'removed'), _negated=True)), fields=('proposal',), name='assignment_one_lead_unit', violation_error_message='一件建议只能有一个主办单位。'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'removed'), _negated=True), fields=('proposal', 'position'), name='assignment_position_once_per_proposal'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('position', 0), _negated=True), ('role__in', frozenset(['lead', 'separate'])), _connector='OR'), name='assignment_first_one_answers'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role', 'lead'), _negated=True), ('position', 0), _connector='OR'), name='assignment_lead_comes_first'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', frozenset(['done', 'handed', 'received'])), _negated=True), models.Q(('assigned_on__isnull', False), ('due_on__isnull', False)), _connector='OR'), name='assignment_in_hand_has_its_days'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('received_at__isnull', True), ('received_by__isnull', True)), models.Q(('received_at__isnull', False), ('received_by__isnull', False)), _connector='OR'), name='assignment_received_has_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('done_on__isnull', True)), _connector='OR'), name='assignment_done_has_its_day'),
        ),
    ]
