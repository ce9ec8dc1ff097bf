"""Who can log in to the demo county."""

from django.core.management.base import BaseCommand

from congress.home.demo.cast import LOGINS, PASSWORD
from congress.shared.models import User


class Command(BaseCommand):
    help = "列出示范县的登录账号；不是示范县时什么也不列。"

    def handle(self, *args: object, **options: object) -> None:
        """The demo logins that work here have been listed; in a real county there are none."""
        known = set(User.objects.values_list("username", flat=True))
        first = User.objects.filter(username=LOGINS[0][0]).first()
        if first is None or not first.check_password(PASSWORD):
            return
        self.stdout.write(f"密码都是 {PASSWORD}")
        for username, purpose in LOGINS:
            if username in known:
                self.stdout.write(f"{username:<12}{purpose}")
