"""A small OpenID provider, as a process of its own: `python -m tests.account.provider PORT`.

It keeps to the rules: RS256, PKCE, codes that work once and belong to one client. A test tells it at `/next` whom the
next statement is about and what is wrong with it.
"""

import hashlib
import secrets
import sys
import time
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, abort, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "reachable", "shared secret"

app = Flask(__name__)
key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
stranger = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
granted: dict[str, dict[str, str]] = {}
following: dict[str, Any] = {}


@app.post("/next")
def next_statement() -> ResponseReturnValue:
    """`claims` to state; `drop` names claims to leave out, `signed_by` a key: "us", "stranger" or "nobody"."""
    following.clear()
    following.update(request.get_json())
    return Response(status=204)


@app.get("/.well-known/openid-configuration")
def configuration() -> ResponseReturnValue:
    root = request.url_root.rstrip("/")
    return jsonify(
        issuer=root,
        authorization_endpoint=f"{root}/authorize",
        token_endpoint=f"{root}/token",
        jwks_uri=f"{root}/keys",
        response_types_supported=["code"],
        subject_types_supported=["public"],
        id_token_signing_alg_values_supported=["RS256"],
        code_challenge_methods_supported=["S256"],
    )


@app.get("/keys")
def keys() -> ResponseReturnValue:
    return jsonify(keys=[key.as_dict(private=False)])


@app.get("/authorize")
def authorize() -> ResponseReturnValue:
    """Whoever comes is signed in already, and agrees."""
    asked = request.args.to_dict()
    if asked["client_id"] != CLIENT or asked["response_type"] != "code" or asked["code_challenge_method"] != "S256":
        abort(400)
    code = secrets.token_urlsafe()
    granted[code] = asked
    return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")


@app.post("/token")
def token() -> ResponseReturnValue:
    asked = granted.pop(request.form["code"], None)
    challenge = urlsafe_b64encode(hashlib.sha256(request.form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
    who = (request.authorization.username, request.authorization.password) if request.authorization else None
    if asked is None or challenge != asked["code_challenge"] or who != (CLIENT, SECRET):
        return jsonify(error="invalid_grant"), 400
    if request.form["redirect_uri"] != asked["redirect_uri"]:
        return jsonify(error="invalid_grant"), 400
    return jsonify(access_token=secrets.token_urlsafe(), token_type="Bearer", id_token=_statement(asked["nonce"]))


def _statement(nonce: str) -> str:
    now = int(time.time())
    claims = {"iss": request.url_root.rstrip("/"), "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
    claims |= following.get("claims", {})
    for name in following.get("drop", []):
        claims.pop(name, None)
    signed_by = following.get("signed_by", "us")
    if signed_by == "nobody":
        return jwt.encode({"alg": "none"}, claims, key, algorithms=["none"])
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, stranger if signed_by == "stranger" else key)


if __name__ == "__main__":
    make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True).serve_forever()
