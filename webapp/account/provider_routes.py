"""Signing in with an account at Microsoft or Google (OpenID Connect): lets in who is known, and makes nobody known."""

from typing import Any

from flask import Blueprint, Flask, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from webapp.account.entrance import enter
from webapp.account.providers import person_of
from webapp.account.sessions import is_still_here
from webapp.config import Provider, Settings
from webapp.domain.access.claims import has_second_factor
from webapp.domain.refusal import Refusal
from webapp.school import clock
from webapp.sync.devices.devices import current_device, judge_sign_in
from webapp.sync.devices.signing import note_sign_in
from webapp.sync.log.revisions import writing
from webapp.web import second_factor

PATIENCE = 10  # seconds
EXTENSION = "reachable providers"

NOT_NOW = Refusal("unreachable", "{} could not be reached just now. Sign in with your password, or try again.")
NOT_UNDERSTOOD = Refusal("not-understood", "The answer of {} could not be used. Start again from the sign-in page.")

bp = Blueprint("provider", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    if _settings(app).providers:
        _register_providers(app)


# What speaks to providers is imported where there are any: most schools start without it.


def _register_providers(app: Flask) -> None:
    from authlib.integrations.flask_client import OAuth

    registry = OAuth(app)
    for provider in _settings(app).providers:
        registry.register(
            provider.key,
            server_metadata_url=provider.metadata,
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            client_kwargs={
                "scope": "openid email profile",
                "code_challenge_method": "S256",
                "default_timeout": PATIENCE,
            },
        )
    app.extensions[EXTENSION] = registry


@bp.get("/sign-in/with/<key>")
def start(key: str) -> ResponseReturnValue:
    """Off to the provider, with a state, a nonce and a challenge that the session remembers."""
    from requests import RequestException

    provider = _provider(key)
    back = f"{_settings(current_app).public_url}/sign-in/with/{key}/back"
    try:
        return _client(provider).authorize_redirect(back, **({"hd": provider.domain} if provider.domain else {}))
    except RequestException:
        return _refused(provider, NOT_NOW)


@bp.get("/sign-in/with/<key>/back")
def back(key: str) -> ResponseReturnValue:
    """Back from there, with a code that is worth a signed statement of who it is."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError
    from requests import RequestException

    provider = _provider(key)
    try:
        claims = _client(provider).authorize_access_token(claims_options=_expected(provider))["userinfo"]
    except RequestException:
        return _refused(provider, NOT_NOW)
    except (AuthlibBaseError, JoseError, KeyError, ValueError):
        return _refused(provider, NOT_UNDERSTOOD)
    with writing():
        tablet = current_device()
        found = judge_sign_in(tablet) or (
            person_of(provider, claims, clock.now()) if is_still_here() else NOT_UNDERSTOOD
        )
        if not isinstance(found, Refusal):
            note_sign_in(tablet, found, clock.now())
    if isinstance(found, Refusal):
        return _refused(provider, found)
    return enter(found, complete=has_second_factor(claims) or not second_factor.is_on(found))


def _expected(provider: Provider) -> dict[str, Any]:
    """Whose statement it must be, and for whom."""
    issuer = _client(provider).load_server_metadata()["issuer"]
    return {
        "iss": {"essential": True, "values": [issuer]},
        "aud": {"essential": True, "value": provider.client_id},
    }


def _settings(app: Flask) -> Settings:
    settings: Settings = app.config["SETTINGS"]
    return settings


def _provider(key: str) -> Provider:
    return next((one for one in _settings(current_app).providers if one.key == key), None) or abort(404)


def _client(provider: Provider) -> Any:
    return current_app.extensions[EXTENSION].create_client(provider.key)


def _refused(provider: Provider, refusal: Refusal) -> ResponseReturnValue:
    return render_template(
        "account/refused.html", provider=provider.name, why=refusal.detail.format(provider.name)
    ), 403
