#!/usr/bin/env python3
"""Django's commands, always run by the checkout's own Python."""

import os
import sys
from pathlib import Path

VENV = Path(__file__).resolve().parent / ".venv"


def main() -> None:
    """Run the command; started by another Python, change over to the one in `.venv` first."""
    python = VENV / "bin" / "python"
    if python.exists() and Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(python, [str(python), *sys.argv])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        sys.exit("Django is not installed here yet: run `make up` first.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
