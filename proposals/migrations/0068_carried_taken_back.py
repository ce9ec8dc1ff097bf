"""What was carried over is taken back with who, when and why; it is accepted and of its congress."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from congress.shared import guards

MAKE = """
CREATE FUNCTION proposals_carried_is_accepted_and_of_its_congress() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM proposals_proposal AS proposal
    JOIN shared_session AS session ON session.id = proposal.session_id
    JOIN shared_term AS term ON term.id = session.term_id
    JOIN proposals_carryover AS over ON over.assembly_id = term.assembly_id
    WHERE proposal.id = NEW.proposal_id AND over.id = NEW.carry_over_id
      AND proposal.accepted_on < make_date(over.to_year, 1, 1)
      AND proposal.state IN
        ('accepted', 'rehearsed', 'merged', 'assigned', 'answered', 'published')
  ) THEN
    RAISE EXCEPTION 'proposal % is not accepted by then, or of another congress', NEW.proposal_id
      USING ERRCODE = 'check_violation',
            CONSTRAINT = 'carried_is_accepted_and_of_its_congress';
  END IF;
  RETURN NULL;
END $$;

-- After, so that the table's own constraints speak first.
CREATE TRIGGER carried_is_accepted_and_of_its_congress
  AFTER INSERT OR UPDATE OF proposal_id, carry_over_id ON proposals_carriedproposal
  FOR EACH ROW EXECUTE FUNCTION proposals_carried_is_accepted_and_of_its_congress();
"""
UNMAKE = """
DROP TRIGGER carried_is_accepted_and_of_its_congress ON proposals_carriedproposal;
DROP FUNCTION proposals_carried_is_accepted_and_of_its_congress();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0067_batches_without_a_table'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='carriedproposal',
            name='carried_once_per_year',
        ),
        migrations.AddField(
            model_name='carriedproposal',
            name='taken_back_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤回人'),
        ),
        migrations.AddField(
            model_name='carriedproposal',
            name='taken_back_on',
            field=models.DateField(null=True, verbose_name='撤回日期'),
        ),
        migrations.AddField(
            model_name='carriedproposal',
            name='taken_back_why',
            field=models.CharField(blank=True, max_length=200, verbose_name='撤回的原因'),
        ),
        migrations.AddConstraint(
            model_name='carriedproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('taken_back_on__isnull', True)), fields=('carry_over', 'proposal'), name='carried_once_per_year'),
        ),
        migrations.AddConstraint(
            model_name='carriedproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_back_by__isnull', True), ('taken_back_on__isnull', True), ('taken_back_why', '')), models.Q(('taken_back_by__isnull', False), ('taken_back_on__isnull', False), models.Q(('taken_back_why', ''), _negated=True)), _connector='OR'), name='carried_taken_back_has_day_person_and_reason'),
        ),
        migrations.AddConstraint(
            model_name='carriedproposal',
            constraint=models.CheckConstraint(condition=models.Q(('taken_back_on__isnull', True), ('taken_back_on__gte', models.F('carried_on')), _connector='OR'), name='carried_taken_back_after_it_was_carried'),
        ),
        migrations.RunSQL(MAKE, UNMAKE),
        guards.opened(
            "proposals_carriedproposal", "taken_back_on", "taken_back_by_id", "taken_back_why"
        ),
    ]
