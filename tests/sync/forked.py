"""The school's real server as a process split off from the test's own, which starts in no time."""

import os
import signal
from contextlib import suppress
from pathlib import Path

from tests.sync.server import Server
from webapp import create_app
from webapp.backup.serving import serving
from webapp.cli.serve import run
from webapp.config import Settings
from webapp.models import db


class ForkedServer(Server):
    """Serves from the code that is loaded already, by the clock of the moment it is started."""

    def __init__(self, settings: Settings, clock: object) -> None:
        super().__init__(settings)
        self._settings, self._clock, self._pid = settings, clock, 0

    def start(self) -> None:
        db.session.remove()
        db.engine.dispose()  # no connection may be shared with the child
        self._pid = os.fork()
        if not self._pid:
            self._serve()
        self._wait_until_up()

    def kill(self) -> None:
        if self._pid:
            with suppress(ProcessLookupError):
                os.killpg(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._pid = 0

    @property
    def pids(self) -> list[int]:
        """The process that watches, and those that serve."""
        return [self._pid, *map(int, Path(f"/proc/{self._pid}/task/{self._pid}/children").read_text().split())]

    def _serve(self) -> None:
        try:
            os.setsid()
            with serving(self._settings.data):
                run(create_app(self._settings, self._clock), "127.0.0.1", self.port)  # type: ignore[arg-type]
        finally:
            os._exit(1)
