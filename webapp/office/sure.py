"""The page that says what a change does before it is made."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp.domain.changes import Changes

SURE = "sure"


def is_sure() -> bool:
    """Whether the form was sent from this page."""
    return SURE in request.form


def ask(title: str, changes: Changes, back: str) -> ResponseReturnValue:
    """Ask for the form just sent once more; `back` leads to where it came from."""
    fields = [(name, value) for name in request.form for value in request.form.getlist(name)]
    return render_template("office/sure.html", title=title, words=list(changes.words()), fields=fields, back=back)
