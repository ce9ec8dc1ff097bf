"""A line between a phone and the platform that can be cut, and that can lose an answer."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit

CHUNK = 65536


class Line:
    """Forwards a port of its own to the server's. `cut`: nobody is reached any more. `deaf`:
    what is sent arrives, what is answered is lost."""

    def __init__(self, address: str) -> None:
        self.server = (str(urlsplit(address).hostname), int(urlsplit(address).port or 80))
        self.listening = socket.create_server(("localhost", 0))
        self.address = f"http://localhost:{self.listening.getsockname()[1]}"
        self.state = "whole"
        self.open: set[socket.socket] = set()
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        self._becomes("cut")

    def lose_answers(self) -> None:
        self._becomes("deaf")

    def mend(self) -> None:
        self._becomes("whole")

    def close(self) -> None:
        self._becomes("cut")
        self.listening.close()

    def _becomes(self, state: str) -> None:
        """Connections from before are broken, as when a phone loses its signal."""
        self.state = state
        for one in list(self.open):
            _end(one)

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                phone, _ = self.listening.accept()
                threading.Thread(target=self._connect, args=(phone,), daemon=True).start()

    def _connect(self, phone: socket.socket) -> None:
        if self.state == "cut":
            _end(phone)
            return
        server = socket.create_connection(self.server)
        self.open |= {phone, server}
        back = threading.Thread(target=self._carry, args=(server, phone), daemon=True)
        back.start()
        self._carry(phone, server)
        back.join()
        self.open -= {phone, server}

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK):
                if self.state == "deaf" and source.getpeername()[1] == self.server[1]:
                    _end(target)  # the server has answered, so it has done its work
                    break
                target.sendall(data)
        _end(source)
        _end(target)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
