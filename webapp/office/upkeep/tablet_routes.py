"""The addresses of tablets: their list, codes to enrol one, names, and taking one out of use."""

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.domain.access.duties import DUTIES, FLOOR_TABLET
from webapp.domain.text.words import clock_words
from webapp.models import Device, db
from webapp.office.parts.desk import bp
from webapp.office.parts.paging import number_of
from webapp.office.upkeep import tablets
from webapp.school import clock
from webapp.sync.devices.devices import make_code, revoke
from webapp.sync.log.revisions import writing
from webapp.web.pictures import qr_picture


@bp.get("/tablets")
def list_tablets() -> ResponseReturnValue:
    return render_template("office/upkeep/tablets.html", **tablets.page(clock.now(), number_of(request.args)))


@bp.post("/tablets/code")
def new_code() -> ResponseReturnValue:
    duty = request.form.get("duty", "")
    with writing():
        code = make_code(duty if duty in DUTIES else FLOOR_TABLET, clock.now())
    page = f"{current_app.config['SETTINGS'].public_url}/enrol"
    address = f"{page}#code={code.text}"
    shown = {"code": code.text, "until": clock_words(code.until), "page": page, "address": address}
    return render_template("office/upkeep/code.html", picture=qr_picture(address), **shown)


@bp.post("/tablets/<device_id>/name")
def rename_tablet(device_id: str) -> ResponseReturnValue:
    tablets.rename(db.get_or_404(Device, device_id), request.form.get("name", ""))
    return redirect(url_for("office.list_tablets"), 303)


@bp.post("/tablets/<device_id>/revoke")
def revoke_tablet(device_id: str) -> ResponseReturnValue:
    with writing() as revs:
        revoke(db.get_or_404(Device, device_id), clock.now(), revs)
    return redirect(url_for("office.list_tablets"), 303)
