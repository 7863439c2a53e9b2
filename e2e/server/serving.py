"""The `serve` command in a process that is split off from one which has imported everything: it starts in no time."""

import os
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from flask.cli import ScriptInfo

from webapp import create_app
from webapp.config import read_settings
from webapp.offline.bundle import Bundle, make_bundle

FORKS = get_context("fork")


@cache
def worker() -> Bundle:
    """The service worker of every school, which takes a second to put together.

    It is made in a process of its own: what shortens it is written in Go, and a fork of a process with Go in it hangs.
    """
    receiver, sender = FORKS.Pipe(duplex=False)
    making = FORKS.Process(target=_make_worker, args=(sender,))
    making.start()
    sender.close()
    made: Bundle = receiver.recv()
    making.join()
    return made


def _make_worker(sender: Connection) -> None:
    with TemporaryDirectory() as folder:
        app = create_app(read_settings({"REACHABLE_DATA": folder}))
        with app.app_context():
            sender.send(make_bundle(app))


def serve(port: int, env: dict[str, str], console: Path, static: Path | None) -> None:
    """Be a school's server, in a process group of its own, until told to stop. `static`: in place of the program's."""
    os.setsid()
    with console.open("wb") as file:
        os.dup2(file.fileno(), 1)
    os.environ.clear()
    os.environ.update(env)
    app = create_app()
    if static:
        app.static_folder = str(static)
    else:
        app.extensions["worker"] = worker()
    app.cli.main(["serve", "--port", str(port)], obj=ScriptInfo(create_app=lambda: app))
