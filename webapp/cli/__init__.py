"""The command line: `flask --app webapp …`, one file per subject, each adding its commands to the app."""

from flask import Flask

from webapp.cli import (
    audit,
    backup,
    demo,
    enrol,
    imports,
    levels,
    rebuild,
    receipt,
    retention,
    school,
    serve,
    subject_access,
    training,
)

SUBJECTS = (
    *(school, imports, enrol, levels, receipt, rebuild, audit),
    *(backup, subject_access, retention, training, demo, serve),
)


def init_app(app: Flask) -> None:
    for subject in SUBJECTS:
        for command in subject.COMMANDS:
            app.cli.add_command(command)
