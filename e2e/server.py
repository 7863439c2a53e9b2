"""The school's server as a school runs it: a process of its own, which tests start, stop and kill."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from flask import Flask

from webapp import create_app
from webapp.config import read_settings
from webapp.models import db

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0  # seconds
PAUSE = 0.02  # seconds; asked again without one, a server that starts would be kept from it


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
        self.program = ROOT  # the folder that has webapp
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def console(self) -> Path:
        """What the server has printed."""
        return self.data.with_suffix(".console")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "flask", "--app", "webapp", "serve", "--port", str(self.port)]
        with self.console.open("wb") as console:
            self.process = subprocess.Popen(command, cwd=self.program, env=self.env, stdout=console)
        wait_until_up(self.port)

    def stop(self, with_signal: int = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(with_signal)
            self.process.wait(PATIENCE)
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
    deadline = monotonic() + PATIENCE
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), PATIENCE):
                return
        except ConnectionError:
            if monotonic() > deadline:
                raise
            sleep(PAUSE)
