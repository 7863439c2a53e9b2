"""The school's server as a school runs it: a process of its own, which tests start, stop and kill."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from time import monotonic, sleep

from flask import Flask

from e2e.server.serving import serve
from webapp import create_app
from webapp.config import read_settings
from webapp.models import db

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds
PAUSE = 0.02  # seconds; asked again without one, a server that starts would be kept from it

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["e2e.server.preloaded"])


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


class Server:
    """`flask --app webapp serve` over a data folder, always at the same address."""

    def __init__(self, data: Path, port: int | None = None, **env: str) -> None:
        self.data, self.port = data, port or free_port()
        self.env = os.environ | {"REACHABLE_DATA": str(data)} | env
        self.static: Path | None = None  # in place of the program's own folder
        self.process: ForkServerProcess | None = None

    @property
    def console(self) -> Path:
        """What the server has printed."""
        return self.data.with_suffix(".console")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = PROCESSES.Process(
            target=serve, args=(self.port, self.env, self.console, self.static), daemon=True
        )
        self.process.start()
        wait_until_up(self.port)

    def stop(self) -> None:
        """As whoever runs it does. Takes two seconds while tablets listen: their streams never end by themselves."""
        if self.process is not None:
            self.process.terminate()
            self._wait_until_gone(self.process)

    def kill(self) -> None:
        """As a power cut does: the process that watches and the one that serves."""
        if self.process is not None and self.process.pid is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self._wait_until_gone(self.process)

    def _wait_until_gone(self, process: ForkServerProcess) -> None:
        process.join(PATIENCE)
        wait_until(self.port, is_up=False)
        self.process = None

    def command(self, *words: str) -> str:
        """What a command of the school prints. It runs here: another process would take a second to begin."""
        with self.school() as app:
            result = app.test_cli_runner().invoke(args=list(words), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return str(result.stdout)

    @contextmanager
    def school(self) -> Iterator[Flask]:
        """The school's own program, at work on the data of a server that may be running."""
        app = create_app(read_settings(self.env))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def wait_until_up(port: int) -> None:
    """Until something listens at the port."""
    wait_until(port, is_up=True)


def wait_until(port: int, is_up: bool) -> None:
    """Until something listens at the port, or nothing. AssertionError if that does not come about."""
    deadline = monotonic() + PATIENCE
    while answers(port) is not is_up:
        assert monotonic() < deadline, f"port {port} is {'not ' * is_up}in use"
        sleep(PAUSE)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), PATIENCE).close()
    except ConnectionError:
        return False
    return True
