"""Clients who send and read as slowly as they can, or nothing at all."""

import socket
from contextlib import suppress
from typing import Final

POST: Final = "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {}\r\nContent-Length: 100000\r\n\r\n"
FORM: Final = POST.format("/sign-in", "application/x-www-form-urlencoded")
PUSH: Final = POST.format("/sync/v1/push", "application/json")
LARGE: Final = "/static/scan/zxing/zxing_reader.wasm"

BEGINNINGS: Final[dict[str, bytes]] = {
    "silent": b"",
    "half a head": b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    "slow form": FORM.encode() + b"username=",
    "slow push": PUSH.encode() + b'{"device": ',
    "slow file": FORM.replace("100000", "16000000").encode() + b"username=",
    "slow chunks": FORM.replace("Content-Length: 100000", "Transfer-Encoding: chunked").encode() + b"5\r\nusern",
    "no reader": f"GET {LARGE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() * 2,
}
"""What each kind of client sends at once. What follows comes byte by byte."""


class Crowd:
    """So many clients of a kind. Who is hung up on is followed by another."""

    def __init__(self, port: int, kind: str, count: int) -> None:
        self._port, self._beginning = port, BEGINNINGS[kind]
        self._clients = [connected(port, self._beginning) for _ in range(count)]

    def go_on(self) -> int:
        """One byte more of each that sends; how many had been hung up on."""
        gone = [client for client in self._clients if not self._sends(client)]
        for client in gone:
            self._clients.remove(client)
            client.close()
            self._clients.append(connected(self._port, self._beginning))
        return len(gone)

    def close(self) -> None:
        for client in self._clients:
            client.close()

    def _sends(self, client: socket.socket) -> bool:
        """A client that says nothing looks whether it is still connected."""
        try:
            if self._beginning:
                return client.send(b"a") == 1
            return client.recv(1) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False


def connected(port: int, beginning: bytes) -> socket.socket:
    """A client who reads as little as it can, and never waits."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", port))
    client.setblocking(False)
    with suppress(BlockingIOError):
        client.send(beginning)
    return client
