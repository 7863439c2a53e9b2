"""The pages for what cannot be answered: each says what happened, what was kept and what to do."""

from dataclasses import dataclass, replace
from typing import Any, Final

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    what: str
    to_do: str


GONE: Final = Page(
    "There is nothing here",
    "The address has a slip in it, or what was here has moved.",
    "If a link led here, tell the office.",
)
PAGES: Final = {
    400: Page("That could not be read", "Something in it was missing or unclear. Nothing was changed.", "Try again."),
    403: Page(
        "This is not open to you",
        "It needs another role than yours, or it was asked for from another site. Nothing was changed.",
        "If you need it for your work, ask the office.",
    ),
    404: GONE,
    405: GONE,
    413: Page(
        "That is too large",
        "It is more than this server takes at once, and nothing of it was kept.",
        "Send a smaller file, or the same in parts.",
    ),
    422: Page(
        "That is too long",
        "Something in it is longer than it may be. Nothing was changed.",
        "Go back: what you typed is still there. Make it shorter and send it again.",
    ),
    429: Page("Too many tries", "For safety nothing more is looked at for now.", "Try again in a quarter of an hour."),
    500: Page(
        "Something went wrong",
        "The mistake is the server’s, not yours. What was stored before is safe.",
        "Try again. If it happens again, tell whoever looks after the server: its log says what it was.",
    ),
    503: Page(
        "A moment, please",
        "Many people are signing in or asking at once, so this was not looked at. Nothing was changed.",
        "Try again in a moment.",
    ),
}
"""By HTTP's number. What is not here stays as it comes."""


class Quiet(Flask):
    """An application whose log does not say whom an address names that could not be answered."""

    def log_exception(self, exc_info: Any) -> None:
        self.logger.error("Exception at %s [%s]", request.endpoint, request.method, exc_info=exc_info)


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, answer)


def answer(error: HTTPException) -> ResponseReturnValue:
    """The page for people; programs that speak to the school are told the number alone."""
    page = PAGES.get(error.code or 0)
    if page is None or error.response or request.path.startswith("/sync/"):
        return error
    if error.code == 422 and error.description:
        page = replace(page, what=f"{error.description} Nothing was changed.")
    response = error.get_response()  # with the headers that belong to it
    response.set_data(render_template("error.html", page=page))
    return response
