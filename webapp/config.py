"""Settings, read from the environment once at start; a bad value stops the start with its name."""

import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
DEFAULT_URL = "http://127.0.0.1:5000"
MOST = 1000
USUAL_PORTS: Final = {"http": 80, "https": 443}


class ConfigError(Exception):
    """A setting cannot be used; the message names it, its value and what was expected."""


@dataclass(frozen=True)
class Provider:
    """Where staff have accounts to sign in with (OpenID Connect); `metadata` is where it describes itself.

    `domain`: whose accounts alone are taken; "": those of the organisation whose domain is in the address; None: all.
    """

    key: str
    name: str
    metadata: str
    client_id: str
    client_secret: str
    domain: str | None = None


@dataclass(frozen=True)
class Settings:
    """Where the data lives, how the school is reached, and how long people stay signed in at a browser."""

    data: Path
    database_url: str
    public_url: str
    secret_key: str
    kill_worker: bool
    session_idle: timedelta
    session_whole: timedelta
    desk_idle: timedelta
    providers: tuple[Provider, ...]

    migrations = ROOT / "migrations"

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def host(self) -> str:
        """The host of the school's address as requests name it: with its port, unless that is the usual one."""
        return _host(self.public_url)

    @property
    def origin(self) -> str:
        """The school's address as browsers call it where a request comes from."""
        return f"{self.public_url.partition(':')[0]}://{self.host}"


def read_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment, each with a default that will do."""
    data = Path(env.get("REACHABLE_DATA") or "instance").expanduser().resolve()
    _make_folder(data)
    return Settings(
        data=data,
        database_url=_database_url(env.get("DATABASE_URL"), data),
        public_url=_public_url(env.get("REACHABLE_URL") or DEFAULT_URL),
        secret_key=env.get("SECRET_KEY") or _kept_secret(data / "secret_key"),
        kill_worker=_switch("REACHABLE_KILL_WORKER", env.get("REACHABLE_KILL_WORKER") or "0"),
        session_idle=timedelta(hours=_whole("REACHABLE_IDLE_HOURS", env.get("REACHABLE_IDLE_HOURS") or "12")),
        session_whole=timedelta(days=_whole("REACHABLE_SESSION_DAYS", env.get("REACHABLE_SESSION_DAYS") or "7")),
        desk_idle=timedelta(minutes=_whole("REACHABLE_DESK_MINUTES", env.get("REACHABLE_DESK_MINUTES") or "60")),
        providers=(*_microsoft(env), *_google(env)),
    )


def _make_folder(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"REACHABLE_DATA={data}: expected a folder that can be written ({error})") from None


def _database_url(url: str | None, data: Path) -> str:
    if not url:
        return f"sqlite:///{data / 'reachable.sqlite3'}"
    if url.startswith("sqlite:///"):
        return url
    for scheme in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    raise ConfigError("DATABASE_URL: expected sqlite:///path or postgresql://user@host/name")


def _public_url(url: str) -> str:
    try:
        parts = urlsplit(url.rstrip("/"))
        is_good = parts.scheme in USUAL_PORTS and bool(_host(url)) and not re.search(r"\s", url)
    except ValueError:  # of which a name that cannot be one is a kind
        is_good = False
    if not is_good or parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        raise ConfigError(f"REACHABLE_URL={url}: expected an address such as https://reachable.example.sch.uk")
    return url.rstrip("/")


def _host(url: str) -> str:
    """The host as it is written in requests: in small letters, a name of other letters as IDNA."""
    parts = urlsplit(url)
    name = (parts.hostname or "").encode("idna").decode()
    host = f"[{name}]" if ":" in name else name
    return host if parts.port in (None, USUAL_PORTS[parts.scheme]) else f"{host}:{parts.port}"


def _switch(name: str, value: str) -> bool:
    if value not in ("0", "1"):
        raise ConfigError(f"{name}={value}: expected 0 or 1")
    return value == "1"


def _whole(name: str, value: str) -> int:
    if not (value.isascii() and value.isdecimal() and 1 <= int(value) <= MOST):
        raise ConfigError(f"{name}={value}: expected a whole number from 1 to {MOST}")
    return int(value)


def _microsoft(env: Mapping[str, str]) -> list[Provider]:
    """Of one organisation, the school's: an account from anywhere else proves nothing."""
    tenant, client = env.get("OIDC_MICROSOFT_TENANT"), env.get("OIDC_MICROSOFT_CLIENT_ID")
    secret = env.get("OIDC_MICROSOFT_CLIENT_SECRET")
    if not _all_or_none("OIDC_MICROSOFT_TENANT, _CLIENT_ID, _CLIENT_SECRET", tenant, client, secret):
        return []
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", tenant or ""):
        raise ConfigError(f"OIDC_MICROSOFT_TENANT={tenant}: expected the directory (tenant) ID, 36 characters")
    metadata = f"https://login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration"
    return [Provider("microsoft", "Microsoft", metadata, client or "", secret or "")]


def _google(env: Mapping[str, str]) -> list[Provider]:
    client, secret = env.get("OIDC_GOOGLE_CLIENT_ID"), env.get("OIDC_GOOGLE_CLIENT_SECRET")
    if not _all_or_none("OIDC_GOOGLE_CLIENT_ID, _CLIENT_SECRET", client, secret):
        return []
    metadata = "https://accounts.google.com/.well-known/openid-configuration"
    domain = _domain(env.get("OIDC_GOOGLE_DOMAIN") or "")
    return [Provider("google", "Google", metadata, client or "", secret or "", domain)]


def _domain(name: str) -> str:
    if name and not re.fullmatch(r"[\w-]+(\.[\w-]+)+", name):
        raise ConfigError(f"OIDC_GOOGLE_DOMAIN={name}: expected a domain such as school.example")
    return name


def _all_or_none(names: str, *values: str | None) -> bool:
    if any(values) and not all(values):
        raise ConfigError(f"{names}: expected all of them, or none")
    return all(values)


def _kept_secret(path: Path) -> str:
    """A secret made once and kept beside the data, readable by its owner only.

    It appears whole: a second process that starts at the same moment finds all of it or none.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()
