"""Headers on every answer, and the check that a request to change something comes from our own pages."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request

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


def init_app(app: Flask) -> None:
    app.before_request(refuse_changes_from_elsewhere)
    app.after_request(add_headers)


def refuse_changes_from_elsewhere() -> None:
    if request.method not in SAFE:
        refuse_other_origins()


def refuse_other_origins() -> None:
    """A browser says where a request comes from; a client that says nothing is not a browser."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        abort(403, "This request came from another site.")
    origin = request.headers.get("Origin")
    if origin is not None and not _is_ours(origin):
        abort(403, "This request came from another site.")


def _is_ours(origin: str) -> bool:
    try:
        return urlsplit(origin).netloc == request.host
    except ValueError:
        return False


def add_headers(response: Response) -> Response:
    headers = SCANNING_HEADERS if request.path.startswith(SCANNING) else HEADERS
    if current_app.config["SETTINGS"].secure:
        headers = headers | HTTPS_ONLY
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
