"""The protocol's five calls over HTTP (docs/protocol.md)."""

from functools import partial

from flask import Blueprint, Response, current_app, json, jsonify, request
from flask.typing import ResponseReturnValue

from webapp.domain.access.duties import NOT_HERE, is_staffed
from webapp.domain.refusal import Refusal
from webapp.domain.text.lengths import fault_of_fields
from webapp.domain.text.text import whole_number
from webapp.domain.time.moment import instant, parse_instant
from webapp.models import Device, School, db
from webapp.models.lock import let_go
from webapp.school import clock
from webapp.sync.devices import devices, signing
from webapp.sync.devices.sign_ins import ends_of
from webapp.sync.log.flood import TOO_MUCH
from webapp.sync.log.revisions import head, writing
from webapp.sync.protocol import live, news, requests
from webapp.sync.protocol.first_fetch import COMPACT, member_of
from webapp.sync.protocol.pull import MOST_ROWS, USUAL_ROWS, pull, pull_fresh
from webapp.sync.protocol.push import DETAILS, REVOKED, Outcome, take_in
from webapp.sync.protocol.wire import Json, Malformed, Push, read_json, read_push
from webapp.sync.tables import rolling, spaces
from webapp.web import cookies, identity
from webapp.web.intake import LARGEST_CALL, LARGEST_PUSH
from webapp.web.passwords import Crowded
from webapp.web.security import refuse_other_origins

OLDEST_CLIENT = 1
MOST_NUMBER = 10**18 - 1  # what a database still takes

bp = Blueprint("sync", __name__, url_prefix="/sync/v1")
bp.before_request(refuse_other_origins)


ALL_TAKEN = Refusal("all-taken", "Enough tablets are listening. Pulling every 15 seconds works as well.")
NO_SIGN_IN = {signing.LOCKED_OUT: 429, NOT_HERE.reason: 403}
"""With which status it is said why nobody is signed in, if not with 401."""

CROWDED = Refusal("crowded", "Many people are signing in just now. Try again in a moment.")
UNKNOWN_DEVICE = Refusal("unknown-device", "This tablet is not enrolled. The office can give it a code.")


@bp.post("/enrol")
def enrol_device() -> ResponseReturnValue:
    sent = _json()
    if isinstance(sent, Malformed):
        return _malformed(sent)
    with writing() as revs:
        enrolled = signing.enrol(sent.get("code"), sent.get("name"), clock.now(), revs, sent.get("was"))
    if isinstance(enrolled, Refusal):
        return _refused(429 if enrolled.reason == signing.LOCKED_OUT else 403, enrolled)
    school, device = _school(), enrolled.device
    had = {} if enrolled.had is None else {"had": enrolled.had}
    response = jsonify(
        device=device.id,
        incarnation=device.incarnation,
        epoch=school.epoch,
        school=school.name,
        duty=device.duty,
        **had,
    )
    cookies.write(response, cookies.DEVICE, enrolled.token, cookies.FOR_LONG)
    if not is_staffed(device.duty):
        # Whoever was signed in as the tablet was set up is not left there for those who pass.
        cookies.drop(response, cookies.SESSION)
    return response


@bp.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    sent = _json()
    if isinstance(sent, Malformed):
        return _malformed(sent)
    username, password = sent.get("username"), sent.get("password")
    if not isinstance(username, str) or not isinstance(password, str):
        return _malformed(Malformed(400, "username, password: expected strings"))
    if fault_of_fields([("username", username), ("password", password)]):
        return _refused(401, signing.NOT_TOGETHER)  # nobody's: said before anything is done with them
    device = devices.current_device()
    if device is None:
        return _turned_away()
    wall = parse_instant(sent.get("now"))
    signed = signing.sign_in(device, username, password, clock.now(), sent.get("on_call") is True, wall)
    if isinstance(signed, Refusal):
        return _refused(NO_SIGN_IN.get(signed.reason, 401), signed)
    if signed.complete:
        identity.begin(signed.staff, clock.now())
    else:
        identity.half_way(signed.staff, clock.now(), floor=True)
    staff = {"id": signed.staff.id, "name": signed.staff.name, "role": signed.staff.role}
    return jsonify(staff=staff, until=instant(signed.until))


@bp.post("/push")
def push() -> ResponseReturnValue:
    device = devices.genuine_device()
    if device is None:
        return _turned_away()
    let_go()  # a push may be large, and takes its time to read
    sent = _push()
    if isinstance(sent, Malformed):
        return _malformed(sent)
    with writing() as revs:
        now = clock.now()
        # Read again: what was known before the lock may have changed.
        device = db.session.get_one(Device, device.id)
        epoch = _school().epoch
        outcome = take_in(device, sent, epoch, now, revs)
    # Answered after the commit: what the answer says is stored, is.
    answer = {"upto": outcome.upto, "epoch": epoch, "now": instant(now), "head": revs.last, "notes": outcome.notes}
    return _answer_push(sent, outcome, answer)


def _answer_push(sent: Push, outcome: Outcome, answer: Json) -> ResponseReturnValue:
    if outcome.turned_away:
        return _refused(429 if outcome.turned_away == TOO_MUCH else 401, outcome.turned_away)
    if outcome.expect is not None:
        return jsonify(answer | {"expect": outcome.expect}), 409
    if sent.client is not None and sent.client < OLDEST_CLIENT:
        return jsonify(answer | {"reason": "old-client", "detail": "Reload this tablet to update it."}), 426
    return jsonify(answer)


@bp.get("/pull")
def pull_rows() -> ResponseReturnValue:
    since, limit = _whole("since", 0), _whole("limit", USUAL_ROWS)
    if since is None or not limit:
        return _malformed(Malformed(400, "since, limit: expected whole numbers, limit at least 1"))
    device = devices.current_device()
    if device is None:
        return _turned_away()
    spaces.advance()
    # Read before the rows: whatever is written meanwhile is above its sequence and comes with the next call.
    now, school = clock.now(), rolling.roll()
    text, following, more = _pulled(device, since, min(limit, MOST_ROWS), school)
    signed_in = {staff: instant(until) for staff, until in ends_of(device).items()}
    told = json.dumps(
        {
            "epoch": school.epoch,
            "head": school.sequence,
            "now": instant(now),
            "next": following,
            "more": more,
            "signed_in": signed_in,
        },
        separators=COMPACT,
    )
    return Response(f"{told[:-1]},{text}}}\n", mimetype="application/json")


def _pulled(device: Device, since: int, limit: int, school: School) -> tuple[str, int, bool]:
    """The member of the answer with the rows, the cursor after it, and whether there are more."""
    columns = request.args.get("columns") == "1"
    if request.args.get("fresh") == "1":
        return pull_fresh(device, since, limit, columns, school)
    found, following, more = pull(device, since, limit, school)
    return member_of(found, columns), following, more


@bp.get("/live")
def live_events() -> ResponseReturnValue:
    device = devices.current_device()
    if device is None:
        return _turned_away()
    hub = live.hub()
    if db.engine.dialect.name == "postgresql":
        hub.listen(db.engine.url)
    tablet, top = device.id, head()
    db.session.remove()  # the stream lives for hours and needs no database
    if not hub.seats.acquire(blocking=False):
        return _refused(503, ALL_TAKEN)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    stream = live.events(hub, tablet, top, _teller(tablet))
    response = Response(stream, mimetype="text/event-stream", headers=headers)
    response.call_on_close(hub.seats.release)
    return response


def _teller(tablet: str) -> live.Teller:
    """Tells the rows themselves to a tablet that asked for them with `rows=1`."""
    if request.args.get("rows") != "1":
        return lambda _since: None
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return partial(news.desk().event, app, tablet)


def _turned_away() -> ResponseReturnValue:
    """The answer to what is none of the school's tablets, or not any more."""
    return _refused(401, Refusal(REVOKED, DETAILS[REVOKED]) if devices.genuine_device() else UNKNOWN_DEVICE)


def _whole(name: str, otherwise: int) -> int | None:
    """A whole number of the query; None if it is something else or too large to be one of ours."""
    return whole_number(request.args.get(name, str(otherwise)), MOST_NUMBER)


def _json() -> Json | Malformed:
    data = requests.body(LARGEST_CALL)
    return data if isinstance(data, Malformed) else read_json(data)


def _push() -> Push | Malformed:
    data = requests.body(LARGEST_PUSH)
    return data if isinstance(data, Malformed) else read_push(data)


def _school() -> School:
    return db.session.query(School).one()


@bp.errorhandler(Crowded)
def _crowded(_error: Crowded) -> ResponseReturnValue:
    return _refused(503, CROWDED)


def _malformed(fault: Malformed) -> ResponseReturnValue:
    return jsonify(reason="malformed", detail=fault.message), fault.status


def _refused(status: int, refusal: Refusal) -> ResponseReturnValue:
    return jsonify(reason=refusal.reason, detail=refusal.detail), status
