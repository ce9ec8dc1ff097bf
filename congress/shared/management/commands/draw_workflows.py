from django.core.management.base import BaseCommand

from congress.shared import diagrams


class Command(BaseCommand):
    help = "Draw docs/workflows.md from the step tables."

    def handle(self, *args: object, **options: object) -> None:
        """docs/workflows.md says what the step tables say."""
        diagrams.PATH.write_text(diagrams.workflows(), encoding="utf-8")
        self.stdout.write(f"docs/{diagrams.PATH.name}")
