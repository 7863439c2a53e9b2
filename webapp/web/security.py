"""Headers on every answer, and the checks that a request is for us and, to change something, from our own pages."""

from flask import Flask, abort, current_app, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug import Response

from webapp.config import Settings
from webapp.web import cookies

POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
}
"""What goes with every page, whether it comes from here or from a tablet's worker."""

SCANNING = ("/tuck", "/room", "/kiosk", "/card/", "/static/scan/")
"""How the paths begin of pages that read codes, and of what they read them with."""

SCANNING_HEADERS = HEADERS | {"Content-Security-Policy": f"{POLICY}; script-src 'self' 'wasm-unsafe-eval'"}

HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}
"""What goes with them where the school has an address with HTTPS: browsers ask for nothing less for a year."""

SAFE = ("GET", "HEAD", "OPTIONS")


LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""What a watcher on the server itself calls it; nobody else reaches it under these names."""

FORGET_PAGES = {"Clear-Site-Data": '"cache"'}
"""What a browser is told that keeps nobody signed in. Never more: "storage" would take what a tablet has not sent yet,
and "cookies" those of everything else under the school's domain."""


def init_app(app: Flask) -> None:
    app.before_request(refuse_other_hosts)
    app.before_request(refuse_changes_from_elsewhere)
    app.after_request(add_headers)


def refuse_other_hosts() -> ResponseReturnValue | None:
    """Where there is HTTPS the school has one address. Who looks for it under another is led there."""
    settings = _settings()
    name = request.host.lower().removesuffix(":443")
    if not settings.secure or name == settings.host or name.rpartition(":")[0] in LOOPBACK or name in LOOPBACK:
        return None
    if request.method not in SAFE:
        abort(400, "This is not the school’s address.")
    return redirect(settings.public_url + request.full_path.rstrip("?"), 307)


def refuse_changes_from_elsewhere() -> None:
    if request.method not in SAFE:
        refuse_other_origins()


def refuse_other_origins() -> None:
    """A browser says where a request comes from; a client that says nothing is not a browser."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if not _is_from_here(site, origin) or (origin is not None and origin not in _our_origins()):
        abort(403, "This request came from another site.")


def _is_from_here(site: str | None, origin: str | None) -> bool:
    """Nobody types a change into the address bar: then its origin has to say that it is sent once more."""
    is_typed = site == "none" and (request.method in SAFE or origin is not None)
    return site is None or site == "same-origin" or is_typed


def _our_origins() -> tuple[str, ...]:
    """The school's address; without HTTPS also the one it was asked at, as on a local network."""
    settings = _settings()
    own = f"{request.scheme}://{request.host}"
    return (settings.origin,) if settings.secure else (settings.origin, own)


def forget_pages(response: Response) -> Response:
    """Somebody has signed out here. A browser that is or was one of the school's tablets is told nothing."""
    if _settings().secure and cookies.read(cookies.DEVICE) is None:
        response.headers.update(FORGET_PAGES)
    return response


def add_headers(response: Response) -> Response:
    headers = SCANNING_HEADERS if request.path.startswith(SCANNING) else HEADERS
    if _settings().secure:
        headers = headers | HTTPS_ONLY
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
