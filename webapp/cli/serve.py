"""`serve`: the school's server in one process, many threads."""

import gc
import resource
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from gunicorn.app.base import BaseApplication
from sqlalchemy.exc import DBAPIError

from webapp.backup.serving import Busy, serving
from webapp.cli.patient import MOST_CONNECTIONS, PatientWorker
from webapp.cli.ready import tell_of_first_run
from webapp.models.base import THREADS
from webapp.retention.sweeping import finish
from webapp.school.school import has_tables
from webapp.setup.school import make_tables
from webapp.web.storage import fault_of

MOST_FILES = 2 * MOST_CONNECTIONS


class Server(BaseApplication):
    """gunicorn around an application that is already made."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.application, self.options = app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        # What is loaded by now lives as long as the server. To look through it for rubbish again and again took a
        # third of the time of a tablet's first pull.
        gc.collect()
        gc.freeze()
        return self.application


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True)
@with_appcontext
def serve(host: str, port: int) -> None:
    """Serve the school until stopped. Where there is none yet, say how to set one up."""
    settings = current_app.config["SETTINGS"]
    try:
        with serving(settings.data):
            if not has_tables():
                make_tables()
            finish()
            tell_of_first_run(settings)
            run(current_app._get_current_object(), host, port)  # type: ignore[attr-defined]
    except Busy:
        raise click.ClickException("A backup is being put back. Start again once it is done.") from None
    except (OSError, DBAPIError) as error:
        if (fault := fault_of(error)) is None:
            raise
        raise click.ClickException(f"{fault.what} {fault.to_do}") from None


def run(app: Flask, host: str, port: int) -> None:
    """Serve an application from one process with many threads; comes back when it is told to stop."""
    _allow_connections()
    options = {
        "bind": f"{host}:{port}",
        "workers": 1,  # SQLite has one writer; with PostgreSQL start several of these behind a proxy
        "worker_class": PatientWorker,
        "threads": THREADS,
        "worker_connections": MOST_CONNECTIONS,
        "sendfile": False,  # it would make a thread wait for whoever reads slowly
        "keepalive": 75,
        "graceful_timeout": 2,
        "accesslog": None,
        "loglevel": "warning",
    }
    Server(app, options).run()


def _allow_connections() -> None:
    """Many systems let a program open a thousand files, and each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


COMMANDS = (serve,)
