"""The page that says what a change does before it is made."""

from collections.abc import Iterable

from flask import render_template, request
from flask.typing import ResponseReturnValue

SURE = "sure"


def is_sure() -> bool:
    """Whether the form was sent from this page."""
    return SURE in request.form


def ask(title: str, words: Iterable[str], back: str) -> ResponseReturnValue:
    """Ask for the form just sent once more, after these sentences; `back` leads to where it came from."""
    fields = [(name, value) for name in request.form for value in request.form.getlist(name)]
    return render_template("office/parts/sure.html", title=title, words=list(words), fields=fields, back=back)
