"""The office's addresses."""

import base64
import io

import qrcode
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from qrcode.image.svg import SvgPathImage

from webapp import clock
from webapp.domain.words import clock_words
from webapp.models import Device, db
from webapp.office import attention, tablets
from webapp.sync.devices import DUTIES, make_code
from webapp.sync.log import Draft, own_device, submit
from webapp.sync.sequence import writing

bp = Blueprint("office", __name__, url_prefix="/office")


@bp.get("/")
def home() -> ResponseReturnValue:
    return redirect(url_for("office.list_tablets"))


@bp.get("/tablets")
def list_tablets() -> ResponseReturnValue:
    return render_template("office/tablets.html", tablets=tablets.listed(clock.now()), duties=DUTIES)


@bp.post("/codes")
def new_code() -> ResponseReturnValue:
    duty = request.form.get("duty", "")
    with writing():
        code = make_code(duty if duty in DUTIES else DUTIES[0], clock.now())
    address = f"{request.url_root}enrol#code={code.text}"
    return render_template(
        "office/code.html", code=code.text, until=clock_words(code.until), address=address, picture=_picture(address)
    )


@bp.post("/tablets/<device_id>/revoke")
def revoke_tablet(device_id: str) -> ResponseReturnValue:
    with writing():
        device = db.get_or_404(Device, device_id)
        device.revoked_at = device.revoked_at or clock.now()
    return redirect(url_for("office.list_tablets"), 303)


@bp.get("/attention")
def needs_attention() -> ResponseReturnValue:
    return render_template("office/attention.html", **attention.listed())


@bp.post("/attention/settle")
def settle() -> ResponseReturnValue:
    """Settle a refused operation or a quarantined one; `kind` and `name` come from the list."""
    kind, name = request.form.get("kind", ""), request.form.get("name", "")
    if kind in attention.SETTLING:
        draft = Draft(kind, current_user.id, {attention.SETTLING[kind]: name}, clock.now())
        with writing() as numbers:
            submit(numbers, own_device("browser"), [draft])
    return redirect(url_for("office.needs_attention"), 303)


def _picture(text: str) -> str:
    """A QR code as an address that a picture can show."""
    picture = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, box_size=14, border=2).save(picture)
    return "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode()
