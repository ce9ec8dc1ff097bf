"""A mail server on loopback, for tests that want letters to leave the house."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


class Smtp(socketserver.StreamRequestHandler):
    """As much of a mail server as a client asks for; it refuses every address with `bad` in it."""

    bad = "bad"

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 ready")
        to = ""
        for line in self.rfile:
            words = line.decode().strip().upper()
            if words.startswith("QUIT"):
                return self.say("221 bye")
            if words.startswith("RCPT"):
                to = words.partition("<")[2].partition(">")[0].lower()
                self.say("550 no such person" if self.bad in to else "250 ok")
            elif words == "DATA":
                self.say("354 go on")
                said = []
                while (each := self.rfile.readline()) != b".\r\n":
                    said.append(each)
                self.server.received.append(to)
                self.server.letters.append(message_from_bytes(b"".join(said), policy=policy.SMTP))
                self.say("250 ok")
            else:
                self.say("250 ok")
        return None


@contextmanager
def office(settings) -> Iterator[tuple[list[str], list[EmailMessage]]]:
    """The settings point to the server; what it took, by address, and the letters themselves."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Smtp) as server:
        server.received, server.letters = [], []
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_URL = f"smtp://127.0.0.1:{settings.EMAIL_PORT}"
        settings.DEFAULT_FROM_EMAIL = "office@example.org"
        yield server.received, server.letters
        server.shutdown()
