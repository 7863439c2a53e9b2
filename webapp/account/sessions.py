"""Browser sessions, kept at school: the cookie is a random name and nothing else.

So a session can be ended from elsewhere, ends by itself, and gets a new name whenever somebody signs in or out.
"""

from contextlib import nullcontext
from datetime import datetime, timedelta
from hashlib import sha256
from typing import cast

from flask import Flask, Request, Response, request, session
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin, session_json_serializer
from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from webapp.config import Settings
from webapp.domain.access.browsers import browser_words
from webapp.domain.access.sessions import ON_A_TABLET, Limits, Standing, standing, stricter
from webapp.domain.access.tenure import SIGN_IN_LIFE
from webapp.models import BrowserSession, db
from webapp.models.lock import alone
from webapp.school import clock
from webapp.sync.devices.devices import current_device
from webapp.web import cookies
from webapp.web.identity import HALF_WAY, PROVED
from webapp.web.storage import where_possible

PLACE = "place"
"""Where a row notes on which tablet its session began, if on one. Without that tablet's cookie it opens nothing."""

A_WHILE = timedelta(minutes=1)
"""How exactly it is known when a session was last seen: noting it is a write."""

DESK_WHOLE = timedelta(hours=12)
NOBODYS = timedelta(hours=1)
"""How long a session is kept in which nobody has signed in."""

MOST_NOBODYS = 1000


def init_app(app: Flask) -> None:
    app.session_interface = KeptSessions()


Who = tuple[str | None, ...]


class Kept(SecureCookieSession):
    """A session as a request finds it. `hash` names its row, if it has one; `who` was there then; `place` is the tablet
    on which it began."""

    hash: str | None = None
    began: datetime
    seen: datetime
    who: Who | None = (None, None, None)
    place: str | None = None

    @classmethod
    def of(cls, row: BrowserSession) -> "Kept":
        session = cls(session_json_serializer.loads(row.data))
        session.place = session.pop(PLACE, None)
        session.modified = False
        session.hash, session.began, session.seen, session.who = row.hash, row.began, row.seen, session.here()
        return session

    def here(self) -> Who:
        """Who is there or half-way in, and since when we know it."""
        half_way, since, *_ = self.get(HALF_WAY, (None, None))
        return self.get("_user_id") or half_way, self.get(PROVED), since

    def standing(self, now: datetime, limits: Limits) -> Standing:
        proved = self.get(PROVED)
        return standing(self.began, self.seen, proved and datetime.fromisoformat(proved), now, limits)


class KeptSessions(SessionInterface):
    """Sessions as rows of a table."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin | None:
        if _needs_nobody(request.path):
            return None
        name = cookies.read(cookies.SESSION)
        row = db.session.get(BrowserSession, _hash(name)) if name else None
        if row is None:
            return Kept()
        session = Kept.of(row)
        limits = _limits(app, session.place)
        match session.standing(clock.now(), limits) if limits else Standing.ENDED:
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
                cookies.drop(response, cookies.SESSION)
        elif kept.hash is None or kept.here() != kept.who:
            name = _begin(kept, _longest(app.config["SETTINGS"]))
            cookies.write(response, cookies.SESSION, name)
        else:
            seen = clock.now() if _is_by_hand(request) else kept.seen
            if kept.modified or seen - kept.seen >= A_WHILE:
                # What is not kept of somebody who only reads is worked out again with the next request.
                with where_possible() if request.method == "GET" else nullcontext():
                    _keep(kept, seen)


def sessions_of(staff: str) -> list[BrowserSession]:
    """Where somebody is signed in, the last one used first."""
    query = select(BrowserSession).where(BrowserSession.staff_id == staff)
    rows = db.session.scalars(query.order_by(BrowserSession.seen.desc(), BrowserSession.hash))
    return [row for row in rows if Kept.of(row).get("_user_id")]  # the others wait for the second factor


def here() -> str | None:
    """The hash of the session of the request, if it has one."""
    return cast(Kept, session).hash


def is_still_here() -> bool:
    """Whether nobody has ended the session of the request since it came in. Inside `with alone()`."""
    hash = here()
    return hash is not None and db.session.get(BrowserSession, hash) is not None


def take_new_name() -> None:
    """The session of the request goes on under another name."""
    cast(Kept, session).who = None


def end_session(staff: str, hash: str) -> None:
    """Sign somebody out at one browser of theirs. Inside `with alone()`."""
    db.session.execute(delete(BrowserSession).where(BrowserSession.staff_id == staff, BrowserSession.hash == hash))


def end_sessions(staff: str, but: str | None = None) -> None:
    """Sign somebody out everywhere, but for one session, by its hash. Inside `with alone()`.

    Who is on the way to Microsoft or Google shows only when they come back. So all who are have to start again.
    """
    theirs = or_(BrowserSession.staff_id == staff, BrowserSession.staff_id.is_(None))
    db.session.execute(delete(BrowserSession).where(theirs, BrowserSession.hash != (but or "")))


def _needs_nobody(path: str) -> bool:
    """Tablets call the protocol all the time, and only its sign-in has to do with sessions."""
    return path.startswith("/static/") or (path.startswith("/sync/") and path != "/sync/v1/sign-in")


def _is_by_hand(request: Request) -> bool:
    """A page that fetches itself anew says nothing of anybody sitting there."""
    return request.method != "GET" or "HX-Request" not in request.headers


def _limits(app: Flask, place: str | None) -> Limits | None:
    """How long a session lasts that began at a place; None: not at all, where the request comes from."""
    settings: Settings = app.config["SETTINGS"]
    of_browsers = Limits(settings.session_idle, settings.session_whole, settings.desk_idle, DESK_WHOLE)
    # A tablet's worker knows who holds it for as long as a sign-in lasts, and the school's pages say the same.
    of_tablets = Limits(_longest(settings), _longest(settings), ON_A_TABLET, ON_A_TABLET)
    tablet = current_device()
    if place:
        return of_tablets if tablet and tablet.id == place else None
    return stricter(of_browsers, of_tablets) if tablet else of_browsers


def _longest(settings: Settings) -> timedelta:
    return max(settings.session_whole, SIGN_IN_LIFE)


def _begin(session: Kept, longest: timedelta) -> str:
    """A row under a new name instead of the one there was; those that nobody can use any more go."""
    name, now = cookies.new_secret(), clock.now()
    tablet = current_device()
    session.place = tablet.id if tablet else None
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
        staff_id=session.here()[0],
        began=now,
        seen=now,
        browser=browser_words(request.headers.get("User-Agent", "")),
        data=_data(session),
    )


def _keep(session: Kept, seen: datetime) -> None:
    row = update(BrowserSession).where(BrowserSession.hash == session.hash)
    with alone():
        db.session.execute(row.values(data=_data(session), seen=seen))


def _data(session: Kept) -> str:
    return session_json_serializer.dumps(dict(session) | {PLACE: session.place})


def _forget(session: Kept) -> None:
    with alone():
        db.session.execute(delete(BrowserSession).where(BrowserSession.hash == session.hash))


def _hash(name: str) -> str:
    return sha256(name.encode()).hexdigest()
