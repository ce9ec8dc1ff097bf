"""A pause that was open when its part was done ended on that day, and moved the last day by it.

On the way back days and pauses stay as they are; the trail keeps its rows.
"""

from django.db import migrations
from django.db.models import Q

from congress.shared.calendar import Calendar
from proposals.deadline import Stand, Terms, due_on, opinion_due_on

ANSWERING = ("lead", "separate")

PAUSES = """
WITH left_open AS (
    SELECT row.id, unit.name, GREATEST(part.done_on, row.from_on) AS day,
    CASE WHEN part.role IN ('lead', 'separate') THEN '单位已经答复。'
    ELSE '意见已经送到。' END AS why
    FROM proposals_pause row
    JOIN proposals_assignment part ON part.id = row.assignment_id
    JOIN shared_organisation unit ON unit.id = part.unit_id
    WHERE row.until_on IS NULL AND part.state = 'done'
), ended AS (
    UPDATE proposals_pause SET until_on = day
    FROM left_open WHERE left_open.id = proposals_pause.id
    RETURNING left_open.id, name || '的暂停终止：' || why AS note
)
INSERT INTO shared_auditevent (subject, subject_id, was, now, by_name, post, at, note)
SELECT 'proposals.Pause', id, '', 'pause_ended', '系统', '', CURRENT_TIMESTAMP, '补记：' || note
FROM ended ORDER BY id
"""


def move_days(apps, schema_editor):
    """The last day of each, with the open pause as one until its part was done."""
    parts = apps.get_model("proposals", "Assignment").objects
    proposals = apps.get_model("proposals", "Proposal").objects
    days = apps.get_model("shared", "Workday").objects.values_list("on", "works", "reason")
    works = Calendar({day: (at_work, reason) for day, at_work, reason in days})
    rules = apps.get_model("shared", "Setting").objects.order_by("-from_on")

    def figure(key, day, usual):
        found = rules.filter(key=key, from_on__lte=day).first()
        return int(found.value) if found else usual

    def terms(part):
        rolls = figure("proposals.last_day_rolls", part.assigned_on, 1)
        stands = []
        for each in part.pauses.order_by("from_on", "id"):
            until = each.until_on or (part.done_on and max(part.done_on, each.from_on))
            if until != each.from_on:
                stands.append(Stand(each.from_on, until))
        months = part.extensions.filter(state="granted").values_list("months", flat=True)
        return Terms(part.assigned_on, part.months, sum(months), tuple(stands), bool(rolls))

    for part in parts.filter(state="done", pauses__until_on=None, pauses__isnull=False):
        day = due_on(terms(part), works)
        if part.role not in ANSWERING:
            handed = Q(role="lead", assigned_on__isnull=False) & ~Q(state="removed")
            lead = parts.filter(handed, proposal=part.proposal_id).first() or part
            span = figure("proposals.opinion_days", part.assigned_on, 30)
            day = opinion_due_on(terms(part), span, works, due_on(terms(lead), works))
        if day > part.due_on:
            parts.filter(pk=part.pk).update(due_on=day)
            of_part = proposals.filter(pk=part.proposal_id, due_on=part.due_on)
            of_part.exclude(state="assigned").update(due_on=day)


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0029_signers_who_left"),
        ("shared", "0004_numbered_workdays"),
    ]
    operations = [
        migrations.RunPython(move_days, migrations.RunPython.noop),
        migrations.RunSQL(PAUSES, migrations.RunSQL.noop),
    ]
