"""The school's real server as a process of its own, and a client that reaches it over a socket."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from webapp.config import Settings

PATIENCE = 20.0  # seconds
PAUSE = 0.02  # seconds; asked again without one, a server that starts would be kept from it
FORM = "application/x-www-form-urlencoded"


class Server:
    """`flask --app webapp serve`, which can be killed as a power cut would, and started again."""

    def __init__(self, settings: Settings) -> None:
        self.port = _free_port()
        self._environment = os.environ | {
            "REACHABLE_DATA": str(settings.data),
            "DATABASE_URL": settings.database_url,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._clients = ExitStack()

    def start(self) -> None:
        command = [sys.executable, "-m", "flask", "--app", "webapp", "serve", "--port", str(self.port)]
        # A session of its own, so that the server and its worker die together.
        self._process = subprocess.Popen(command, env=self._environment, start_new_session=True)
        self._wait_until_up()

    def kill(self) -> None:
        """`kill -9`, worker and all."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """The end of a test."""
        self._clients.close()
        self.kill()

    def client(self) -> "Client":
        return self._clients.enter_context(closing(Client(self.port)))

    def _wait_until_up(self) -> None:
        end = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._process is None or self._process.poll() is None, "the server ended"
            assert time.monotonic() < end, "the server did not start"
            time.sleep(PAUSE)

    def _answers(self) -> bool:
        with closing(Client(self.port)) as client:
            try:
                return client.get("/sync/v1/pull").status_code == 401
            except ConnectionError:
                return False


@dataclass(frozen=True)
class Answer:
    status_code: int
    headers: http.client.HTTPMessage
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.data)


class Client:
    """What tablets need of Flask's test client, over a real connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._cookies: SimpleCookie = SimpleCookie()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, json: Any) -> Answer:
        return self._ask("POST", path, _dump(json))

    def submit(self, path: str, **form: str) -> Answer:
        """Send a form, as browsers do."""
        return self._ask("POST", path, urlencode(form).encode(), FORM)

    def close(self) -> None:
        self._connection.close()

    def open(self, path: str) -> http.client.HTTPResponse:
        """An answer that goes on and on, to be read line by line."""
        self._connection.request("GET", path, headers=self._headers())
        return self._connection.getresponse()

    def _ask(self, method: str, path: str, body: bytes | None, kind: str | None = None) -> Answer:
        try:
            self._connection.request(method, path, body, self._headers() | ({"Content-Type": kind} if kind else {}))
            response = self._connection.getresponse()
            data = response.read()
        except (http.client.HTTPException, OSError) as error:
            self.close()  # the next request opens a new one
            raise ConnectionError(str(error)) from error
        for cookie in response.headers.get_all("Set-Cookie", []):
            self._cookies.load(cookie)
        return Answer(response.status, response.headers, data)

    def _headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{key}={morsel.value}" for key, morsel in self._cookies.items())}


def _dump(value: Any) -> bytes:
    return json.dumps(value).encode()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
