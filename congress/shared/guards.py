"""SQL for migrations: what each database role may do (design.md decision 10).

`owner` migrates; `congress_app` works; `congress_reader` audits. The app's role has no right to
change or remove a row of the protected tables, so neither a fault nor a stolen login can.
"""

from django.db import migrations

ROLES = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'congress_app') THEN
    CREATE ROLE congress_app NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'congress_reader') THEN
    CREATE ROLE congress_reader NOLOGIN;
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO congress_app, congress_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO congress_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO congress_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO congress_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO congress_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO congress_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO congress_reader;
"""


def make_roles() -> migrations.RunSQL:
    """The roles exist and may work; roles belong to the server, so they stay on the way back."""
    return migrations.RunSQL(ROLES, migrations.RunSQL.noop)


def append_only(table: str) -> migrations.RunSQL:
    """The app's role may insert into the table and read it, and nothing else."""
    return migrations.RunSQL(
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM congress_app",
        f"GRANT UPDATE, DELETE ON {table} TO congress_app",
    )


def kept_from_reader(table: str) -> migrations.RunSQL:
    """The auditor's role sees that the table exists, not what is in it."""
    return migrations.RunSQL(
        f"REVOKE SELECT ON {table} FROM congress_reader",  # noqa: S608 - the name is a literal
        f"GRANT SELECT ON {table} TO congress_reader",
    )


def locked_but_never_changed(table: str) -> list[migrations.RunSQL]:
    """As `append_only`; a row may still be locked, which needs the right to update some column."""
    return [
        append_only(table),
        migrations.RunSQL(
            f"GRANT UPDATE (id) ON {table} TO congress_app",
            f"REVOKE UPDATE (id) ON {table} FROM congress_app",
        ),
    ]


def changes_only(table: str, *columns: str, may_go: bool = False) -> migrations.RunSQL:
    """Of a row that is there the app's role may change these columns; it stays unless it `may_go`.

    A row may still be locked where some column may change. A column that a later migration adds
    is closed until that migration opens it: `opened`.
    """
    lost = "UPDATE, TRUNCATE" if may_go else "UPDATE, DELETE, TRUNCATE"
    back = "UPDATE" if may_go else "UPDATE, DELETE"
    these = ", ".join(f'"{column}"' for column in columns)
    grant = f"; GRANT UPDATE ({these}) ON {table} TO congress_app" if these else ""
    return migrations.RunSQL(
        f"REVOKE {lost} ON {table} FROM congress_app{grant}",
        f"GRANT {back} ON {table} TO congress_app",
    )


def opened(table: str, *columns: str) -> migrations.RunSQL:
    """Verbs move these columns, too, of a table that is closed otherwise."""
    these = ", ".join(f'"{column}"' for column in columns)
    return migrations.RunSQL(
        f"GRANT UPDATE ({these}) ON {table} TO congress_app",
        f"REVOKE UPDATE ({these}) ON {table} FROM congress_app",
    )
