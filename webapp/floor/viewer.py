"""Who asks Flask for a screen: a tablet's holder, or whoever signed in."""

import json

from flask import current_app, session
from flask_login import current_user
from sqlalchemy import select

from webapp.domain.access.duties import BROWSER
from webapp.domain.time.moment import instant
from webapp.domain.wire.operations import OwnOperation
from webapp.floor.both.parts.viewer import Provider, Viewer
from webapp.models import Device, Operation, Score, SignIn, db
from webapp.models.operation import APPLIED
from webapp.school import clock
from webapp.sync.devices.devices import current_device
from webapp.sync.devices.sign_ins import holders_of
from webapp.sync.operations.ids import number
from webapp.web.identity import ON_CALL


def current_viewer(lesson: str | None = None) -> Viewer:
    """Who asks; with `own` marks of that lesson, where a screen has one."""
    tablet = current_device()
    device = tablet or db.session.get(Device, BROWSER)
    if device is None:  # there is no school yet
        return Viewer(BROWSER, "", None)
    signed_in = _signed_in(tablet) if tablet else {}
    staff = current_user.get_id()
    if tablet and staff not in signed_in:
        staff = None
    own = _own_marks(device, staff, lesson) if staff and lesson else []
    on_call = signed_in.get(staff, False) if tablet else bool(session.get(ON_CALL))
    heard, duty = instant(clock.now()), device.duty
    people, providers = list(signed_in), [] if tablet else _providers()
    return Viewer(
        device.id,
        device.incarnation,
        staff,
        people,
        own=own,
        on_call=on_call,
        heard=heard,
        duty=duty,
        pins=_pins(tablet) if tablet else [],
        providers=providers,
    )


def _pins(device: Device) -> list[str]:
    has = select(SignIn.staff_id).where(SignIn.device_id == device.id, SignIn.pin_hash.is_not(None))
    return list(db.session.scalars(has))


def _providers() -> list[Provider]:
    return [{"key": one.key, "name": one.name} for one in current_app.config["SETTINGS"].providers]


def _signed_in(device: Device) -> dict[str, bool]:
    """Who may hold a tablet, and whether they are on call."""
    now = clock.now()
    return {staff: holder.on_call for staff, holder in holders_of(device).items() if holder.until > now}


def _own_marks(device: Device, staff: str, lesson: str) -> list[OwnOperation]:
    """What a person marked in a lesson on a device."""
    students = db.session.scalars(select(Score.student_id).where(Score.lesson_id == number(lesson)))
    query = select(Operation).where(
        Operation.subject.in_([f"score:{student}.{lesson}" for student in students]),
        Operation.device_id == device.id,
        Operation.incarnation == device.incarnation,
        Operation.by == staff,
        Operation.status == APPLIED,
    )
    return [_own(operation) for operation in db.session.scalars(query.order_by(Operation.n))]


def _own(operation: Operation) -> OwnOperation:
    return {
        "id": operation.id,
        "n": operation.n,
        "kind": operation.kind,
        "by": operation.by,
        "at": instant(operation.at),
        "wall": operation.wall,
        "body": json.loads(operation.body),
        "replaces": operation.replaces,
    }
