"""The clock and the hands: beat says when, each task finds in the database what is due."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")

app = Celery("congress")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "review-work": {
        "task": "scoring.tasks.run_reviews",
        "schedule": 5.0,
        "options": {"expires": 4},  # while workers are busy the next beat says the same
    },
    "imports": {
        "task": "stations.tasks.run_imports",
        "schedule": 5.0,
        "options": {"expires": 4},
    },
    "volumes": {
        "task": "proposals.tasks.make_volumes",
        "schedule": 5.0,
        "options": {"expires": 60},  # waits its turn while workers make a year's duty files
    },
    "archive-volumes": {
        "task": "scoring.tasks.make_archive_volumes",
        "schedule": 5.0,
        "options": {"expires": 60},
    },
    "archive-amendments": {
        "task": "scoring.tasks.amend_archives",
        "schedule": 600.0,
        "options": {"expires": 300},
    },
    "notices": {"task": "congress.shared.tasks.deliver_notices", "schedule": 60.0},
    "seal": {"task": "congress.shared.tasks.seal_trails", "schedule": 60.0},
    "proposal-reminders": {
        "task": "proposals.tasks.remind_due",
        "schedule": crontab(hour=8, minute=0),
    },
    "owed-after-the-reply": {
        "task": "proposals.tasks.remind_owed",
        "schedule": crontab(hour=8, minute=10),
    },
    "key-questions": {
        "task": "proposals.tasks.ask_key_questions",
        "schedule": crontab(hour=7, minute=30),
    },
    "shop": {"task": "scoring.tasks.run_shop", "schedule": crontab(hour=0, minute=5)},
    "convenors": {
        "task": "deputies.tasks.release_convenors",
        "schedule": crontab(hour=0, minute=1),
    },
    "calls-for-signatures": {
        "task": "proposals.tasks.end_calls",
        "schedule": crontab(hour=0, minute=2),
    },
    "alike": {
        "task": "proposals.tasks.find_alike",
        "schedule": crontab(minute=40),
        "options": {"expires": 1800},
    },
    "voters-contacts": {
        "task": "deputies.tasks.purge_contacts",
        "schedule": crontab(hour=4, minute=0),
    },
    "visitors": {
        "task": "stations.tasks.purge_visitors",
        "schedule": crontab(hour=4, minute=5),
    },
    "issues": {
        "task": "stations.tasks.remind_issues",
        "schedule": crontab(hour=8, minute=20),
    },
    "imported-rows": {
        "task": "deputies.tasks.purge_rows",
        "schedule": crontab(hour=4, minute=10),
    },
    "look-backs": {
        "task": "proposals.tasks.open_look_backs",
        "schedule": crontab(hour=0, minute=10),
    },
    "challenges": {
        "task": "proposals.tasks.open_challenges",
        "schedule": crontab(hour=0, minute=20),
    },
    "watches-to-confirm": {"task": "proposals.tasks.ask_watchers", "schedule": 60.0},
    "watchers": {
        "task": "proposals.tasks.tell_watchers",
        "schedule": crontab(hour="9-20", minute="*/10"),  # one letter a day: the first turn's
    },
    "watches": {
        "task": "proposals.tasks.purge_watches",
        "schedule": crontab(hour=4, minute=20),
    },
    "rating-origins": {
        "task": "proposals.tasks.forget_origins",
        "schedule": crontab(hour=4, minute=20),
    },
    "rehandlings": {
        "task": "proposals.tasks.remind_rehandlings",
        "schedule": crontab(hour=8, minute=20),
    },
    "rota": {"task": "stations.tasks.watch_rota", "schedule": crontab(hour=7, minute=0)},
    "ratings": {"task": "proposals.tasks.report_ratings", "schedule": crontab(hour=1, minute=0)},
    "trail-audit": {
        "task": "congress.shared.tasks.audit_trail",
        "schedule": crontab(hour=3, minute=0),
    },
    "lifted-consequences": {
        "task": "scoring.tasks.lift_consequences",
        "schedule": crontab(hour=7, minute=30),
    },
    "yearly-review": {
        "task": "scoring.tasks.keep_reviews",
        "schedule": crontab(hour=7, minute=45),
    },
    "ledger-audit-asked": {
        "task": "scoring.tasks.run_asked_audit",
        "schedule": 5.0,
        "options": {"expires": 4},
    },
    "ledger-audit": {"task": "scoring.tasks.audit_ledger", "schedule": crontab(hour=2, minute=0)},
}
"""The county's timetable. Every task may run twice or miss a day: it looks for due work."""
