"""Give every photo kept so far its hash; run again, it does only what is left."""

import json

from django.core.management.base import BaseCommand

from deputies.actions import looks


class Command(BaseCommand):
    help = "Compute the perceptual hash of evidence photos that have none."

    def handle(self, *args: object, **options: object) -> None:
        """Say how many photos were looked at."""
        self.stdout.write(json.dumps({"hashed": looks.look_again()}))
