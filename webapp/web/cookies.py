"""Cookies of the school's own. Where it has HTTPS they are bound to its one address (`__Host-`), so that no other site
under the same domain can put one into a browser.

Releases before called them by their plain names there, too. A session or a tablet from then is still taken, and its
cookie is given the new name. Secrets made since begin with a mark, and no plain name may carry one of those: else a
neighbouring site could hand somebody a session or a tablet of its own.
"""

import secrets
from datetime import timedelta
from typing import Final

from flask import Flask, current_app, request
from werkzeug import Response

PREFIX: Final = "__Host-"
MARK: Final = "~"
FOR_LONG: Final = timedelta(days=400)
"""The longest browsers keep one."""

SESSION: Final = "reachable_session"
DEVICE: Final = "reachable_device"
KNOWN: Final = "reachable_known"
WANTED: Final = "reachable_wanted"

FROM_BEFORE: Final = {SESSION: None, DEVICE: FOR_LONG}
"""What is taken under its plain name, too, with how long its cookie lasts (None: until the browser is closed)."""


def init_app(app: Flask) -> None:
    app.after_request(_rename)


def new_secret() -> str:
    """What a cookie says that stands for somebody or something."""
    return marked(secrets.token_urlsafe(32))


def marked(secret: str) -> str:
    """A secret made from now on, as a cookie has it."""
    return MARK + secret if _is_bound() else secret


def read(name: str) -> str | None:
    """What the request's cookie says."""
    if not _is_bound():
        return request.cookies.get(name)
    bound = request.cookies.get(PREFIX + name)
    return _from_before(name) if bound is None else bound


def write(response: Response, name: str, value: str, lasts: timedelta | None = None) -> None:
    """Set a cookie, out of reach of scripts and of other sites; without `lasts` until the browser is closed."""
    _drop_plain(response, name)
    response.set_cookie(_full(name), value, lasts, httponly=True, samesite="Lax", secure=_is_bound())


def drop(response: Response, name: str) -> None:
    """Have the browser forget a cookie, under either name."""
    _drop_plain(response, name)
    response.delete_cookie(_full(name), httponly=True, samesite="Lax", secure=_is_bound())


def _rename(response: Response) -> Response:
    """Give cookies from before their new names. What they say stays, as other requests with it may be on their way."""
    for name, lasts in FROM_BEFORE.items() if _is_bound() else ():
        value = None if PREFIX + name in request.cookies else _from_before(name)
        if value is not None and not _is_set(response, name):
            write(response, name, value, lasts)
    return response


def _from_before(name: str) -> str | None:
    plain = request.cookies.get(name) if name in FROM_BEFORE else None
    return None if plain is None or plain.startswith(MARK) else plain


def _is_bound() -> bool:
    is_secure: bool = current_app.config["SETTINGS"].secure
    return is_secure


def _full(name: str) -> str:
    return PREFIX + name if _is_bound() else name


def _is_set(response: Response, name: str) -> bool:
    return any(line.startswith(f"{PREFIX}{name}=") for line in response.headers.getlist("Set-Cookie"))


def _drop_plain(response: Response, name: str) -> None:
    if _is_bound() and name in request.cookies:
        response.delete_cookie(name)
