from django.db import migrations

from congress.shared import guards


class Migration(migrations.Migration):
    dependencies = [
        ("sessions", "0001_initial"),
        ("shared", "0001_people_places_trail"),
    ]

    operations = [
        guards.make_roles(),
        guards.append_only("shared_auditevent"),
        guards.append_only("shared_seal"),
        migrations.RunSQL(
            "REVOKE SELECT ON shared_user FROM congress_reader;"
            "GRANT SELECT (id, username, name, last_login) ON shared_user TO congress_reader",
            migrations.RunSQL.noop,
        ),
        guards.kept_from_reader("django_session"),
    ]
