"""Browser sessions, kept at school: the cookie is a random name and nothing else.

So a session can be ended from elsewhere, ends by itself, and gets a new name whenever somebody signs in or out.
"""

import secrets
from contextlib import nullcontext
from datetime import datetime, timedelta
from hashlib import sha256
from typing import cast

from flask import Flask, Request, Response, request, session
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin, session_json_serializer
from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from webapp import clock
from webapp.config import Settings
from webapp.domain.browsers import browser_words
from webapp.domain.sessions import ON_A_TABLET, Limits, Standing, standing
from webapp.identity import PROVED
from webapp.models import BrowserSession, db
from webapp.models.lock import alone
from webapp.storage import where_possible
from webapp.sync.devices import COOKIE as DEVICE_COOKIE
from webapp.sync.devices import current_device
from webapp.sync.sign_ins import SIGN_IN_LIFE

COOKIE = "reachable_session"
A_WHILE = timedelta(minutes=1)
"""How exactly it is known when a session was last seen: noting it is a write."""

DESK_WHOLE = timedelta(hours=12)
NOBODYS = timedelta(hours=1)
"""How long a session is kept in which nobody has signed in."""

MOST_NOBODYS = 1000


def init_app(app: Flask) -> None:
    app.config["SESSION_COOKIE_NAME"] = COOKIE
    app.session_interface = KeptSessions()


class Kept(SecureCookieSession):
    """A session as a request finds it. `hash` names its row, if it has one; `who` was there then."""

    hash: str | None = None
    began: datetime
    seen: datetime
    who: tuple[str | None, str | None] = (None, None)

    @classmethod
    def of(cls, row: BrowserSession) -> "Kept":
        session = cls(session_json_serializer.loads(row.data))
        session.hash, session.began, session.seen, session.who = row.hash, row.began, row.seen, session.here()
        return session

    def here(self) -> tuple[str | None, str | None]:
        """Who is there, and since when we know it for sure."""
        return self.get("_user_id"), self.get(PROVED)

    def standing(self, now: datetime, limits: Limits) -> Standing:
        proved = self.get(PROVED)
        return standing(self.began, self.seen, proved and datetime.fromisoformat(proved), now, limits)


class KeptSessions(SessionInterface):
    """Sessions as rows of a table."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin | None:
        if _needs_nobody(request.path):
            return None
        name = request.cookies.get(COOKIE)
        row = db.session.get(BrowserSession, _hash(name)) if name else None
        if row is None:
            return Kept()
        session = Kept.of(row)
        match session.standing(clock.now(), _limits(app, request)):
            case Standing.ENDED:
                return Kept()
            case Standing.FLOOR if PROVED in session:
                del session[PROVED]
                session.who = session.here()
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        kept = cast(Kept, session)
        if not kept:
            if kept.hash:
                _forget(kept)
                response.delete_cookie(COOKIE)
        elif kept.hash is None or kept.here() != kept.who:
            name = _begin(kept, _longest(app.config["SETTINGS"]))
            response.set_cookie(
                COOKIE, name, httponly=True, samesite="Lax", secure=bool(app.config["SESSION_COOKIE_SECURE"])
            )
        else:
            seen = clock.now() if _is_by_hand(request) else kept.seen
            if kept.modified or seen - kept.seen >= A_WHILE:
                # What is not kept of somebody who only reads is worked out again with the next request.
                with where_possible() if request.method == "GET" else nullcontext():
                    _keep(kept, seen)


def sessions_of(staff: str) -> list[BrowserSession]:
    """Where somebody is signed in, the last one used first."""
    query = select(BrowserSession).where(BrowserSession.staff_id == staff)
    return list(db.session.scalars(query.order_by(BrowserSession.seen.desc(), BrowserSession.hash)))


def here() -> str | None:
    """The hash of the session of the request, if it has one."""
    return cast(Kept, session).hash


def end_sessions(staff: str, *, but: str | None = None, only: str | None = None) -> None:
    """Sign somebody out everywhere, but for one session, or at one only; both by hash. Inside `with alone()`."""
    wanted = [BrowserSession.staff_id == staff]
    wanted += [BrowserSession.hash != but] if but is not None else []
    wanted += [BrowserSession.hash == only] if only is not None else []
    db.session.execute(delete(BrowserSession).where(*wanted))


def _needs_nobody(path: str) -> bool:
    """Tablets call the protocol all the time, and only its sign-in has to do with sessions."""
    return path.startswith("/static/") or (path.startswith("/sync/") and path != "/sync/v1/sign-in")


def _is_by_hand(request: Request) -> bool:
    """A page that fetches itself anew says nothing of anybody sitting there."""
    return request.method != "GET" or "HX-Request" not in request.headers


def _limits(app: Flask, request: Request) -> Limits:
    settings: Settings = app.config["SETTINGS"]
    if DEVICE_COOKIE in request.cookies and current_device():
        # A tablet's worker knows who holds it for as long as a sign-in lasts, and the school's pages say the same.
        held = _longest(settings)
        return Limits(held, held, ON_A_TABLET, ON_A_TABLET)
    return Limits(settings.session_idle, settings.session_whole, settings.desk_idle, DESK_WHOLE)


def _longest(settings: Settings) -> timedelta:
    return max(settings.session_whole, SIGN_IN_LIFE)


def _begin(session: Kept, longest: timedelta) -> str:
    """A row under a new name instead of the one there was; those that nobody can use any more go."""
    name, now = secrets.token_urlsafe(32), clock.now()
    nobodys = and_(BrowserSession.staff_id.is_(None), BrowserSession.seen <= now - NOBODYS)
    old = or_(BrowserSession.began <= now - longest, nobodys)
    with alone():
        db.session.execute(delete(BrowserSession).where(or_(BrowserSession.hash == session.hash, old, _too_many())))
        db.session.add(_row(session, name, now))
    return name


def _too_many() -> ColumnElement[bool]:
    """Strangers on the way to Microsoft or Google have a session each time: what is more than the newest goes."""
    nobodys = select(BrowserSession.hash).where(BrowserSession.staff_id.is_(None))
    newest = nobodys.order_by(BrowserSession.began.desc(), BrowserSession.hash).limit(MOST_NOBODYS - 1)
    return and_(BrowserSession.staff_id.is_(None), BrowserSession.hash.not_in(newest))


def _row(session: Kept, name: str, now: datetime) -> BrowserSession:
    return BrowserSession(
        hash=_hash(name),
        staff_id=session.get("_user_id"),
        began=now,
        seen=now,
        browser=browser_words(request.headers.get("User-Agent", "")),
        data=session_json_serializer.dumps(dict(session)),
    )


def _keep(session: Kept, seen: datetime) -> None:
    row = update(BrowserSession).where(BrowserSession.hash == session.hash)
    with alone():
        db.session.execute(row.values(data=session_json_serializer.dumps(dict(session)), seen=seen))


def _forget(session: Kept) -> None:
    with alone():
        db.session.execute(delete(BrowserSession).where(BrowserSession.hash == session.hash))


def _hash(name: str) -> str:
    return sha256(name.encode()).hexdigest()
