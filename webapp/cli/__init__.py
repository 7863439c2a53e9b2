"""The command line: `flask --app webapp …`, one file per subject, imported when one of its commands is asked for."""

import sys
from importlib import import_module
from typing import Any

import click
from flask import Flask
from flask.cli import ScriptInfo

# The file of each command, and its line in the list of all of them, which so needs nothing of the school.
COMMANDS = {
    "init": ("school", "Make the tables and the school."),
    "set-password": ("school", "Give a member of staff a password."),
    "reset-second-factor": ("school", "Switch off somebody's second factor."),
    "import": ("imports", "Bring in CSV or XLSX files."),
    "enrol-code": ("enrol", "Make a code for enrolling one tablet."),
    "lessons": ("day_lessons", "Print the lessons of a day and who is expected."),
    "levels": ("levels", "Print the levels of a week."),
    "receipt": ("receipt", "Print why a student has a level."),
    "rebuild": ("rebuild", "Work out again what follows from the log."),
    "verify": ("audit", "Check that the audit trail is whole."),
    "backup": ("backup", "Write the whole school to one file."),
    "restore": ("backup", "Put the school back to a backup."),
    "subject-access": ("subject_access", "Write all that is held about one student."),
    "retention": ("retention", "Say what is past its time, or delete it."),
    "anonymise": ("training", "Copy the school with invented people."),
    "demo": ("demo", "Make the demo school."),
    "serve": ("serve", "Serve the school until stopped."),
}
ANY_RELEASE = ("init", "demo", "restore")
"""Those that a database of another release does not stop: they bring it up to date, or put another in its place."""

OTHERS = {"db": "Perform database migrations."}  # which libraries bring along


class Later(click.Command):
    """A command that is imported once somebody runs it or asks for its help."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> click.Context:
        module = import_module(f"{__name__}.{COMMANDS[str(self.name)][0]}")
        command: click.Command = next(one for one in module.COMMANDS if one.name == self.name)
        made = command.make_context(info_name, args, parent, **extra)
        if self.name not in ANY_RELEASE and "--help" not in args:
            with made.ensure_object(ScriptInfo).load_app().app_context():
                import_module(f"{__name__}.ready").needs_this_release()
        return made


def init_app(app: Flask) -> None:
    for name, (_, line) in COMMANDS.items():
        app.cli.add_command(Later(name, short_help=line))


def is_listed() -> bool:
    """Whether `flask` was asked for the list of its commands, and for none of ours."""
    return "--help" in sys.argv and not (COMMANDS | OTHERS).keys() & set(sys.argv)


def listing() -> Flask:
    """An application that can name its commands and nothing else: a school takes two seconds to be put together."""
    app = Flask("webapp")
    init_app(app)
    for name, line in OTHERS.items():
        app.cli.add_command(click.Command(name, short_help=line))
    return app
