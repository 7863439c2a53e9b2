"""What must not lie open in the database. The key is made of the school's SECRET_KEY, which is not in it."""

import hmac
from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app


def encrypt(text: str) -> str:
    return _box(_key()).encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str | None:
    """What was sealed; None if it was with another key."""
    try:
        return _box(_key()).decrypt(encrypted.encode()).decode()
    except InvalidToken:
        return None


def digest(text: str) -> str:
    """A hash that cannot be tried out by whoever has the database alone; for secrets that are short."""
    return hmac.new(_key().encode(), text.encode(errors="surrogatepass"), sha256).hexdigest()


def _key() -> str:
    key: str = current_app.config["SETTINGS"].secret_key
    return key


@cache
def _box(key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(f"sealing {key}".encode()).digest()))
