"""The office's addresses."""

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from webapp import audit, clock
from webapp.access import scope
from webapp.calendar import load_calendar
from webapp.domain.duties import DUTIES, FLOOR_TABLET
from webapp.domain.words import clock_words
from webapp.models import Device, db
from webapp.office import attention, board, cards, navigation, pairs, plans, sheets, spans, stays, tablets, tracking
from webapp.office.forms import Problems, record, send
from webapp.office.paging import number_of
from webapp.pictures import qr_picture
from webapp.sync import spaces
from webapp.sync.devices import make_code, revoke
from webapp.sync.operations import apart, plan, restraint
from webapp.sync.operations.attention import ACCEPT
from webapp.sync.operations.board import NAME as NAME_ON_BOARD
from webapp.sync.operations.ids import word
from webapp.sync.sequence import writing

bp = Blueprint("office", __name__, url_prefix="/office")
bp.before_request(spaces.advance)


@bp.get("/")
def home() -> ResponseReturnValue:
    return redirect(navigation.first_page())


@bp.get("/tablets")
def list_tablets() -> ResponseReturnValue:
    return render_template("office/tablets.html", **tablets.page(clock.now(), number_of(request.args)))


@bp.post("/tablets/code")
def new_code() -> ResponseReturnValue:
    duty = request.form.get("duty", "")
    with writing():
        code = make_code(duty if duty in DUTIES else FLOOR_TABLET, clock.now())
    page = f"{current_app.config['SETTINGS'].public_url}/enrol"
    address = f"{page}#code={code.text}"
    shown = {"code": code.text, "until": clock_words(code.until), "page": page, "address": address}
    return render_template("office/code.html", picture=qr_picture(address), **shown)


@bp.post("/tablets/<device_id>/name")
def rename_tablet(device_id: str) -> ResponseReturnValue:
    tablets.rename(db.get_or_404(Device, device_id), request.form.get("name", ""))
    return redirect(url_for("office.list_tablets"), 303)


@bp.post("/tablets/<device_id>/revoke")
def revoke_tablet(device_id: str) -> ResponseReturnValue:
    with writing() as numbers:
        revoke(db.get_or_404(Device, device_id), clock.now(), numbers)
    return redirect(url_for("office.list_tablets"), 303)


@bp.get("/attention")
def needs_attention() -> ResponseReturnValue:
    asked = {name: number_of(request.args, name) for name in attention.LISTS}
    return render_template("office/attention.html", **attention.listed(asked))


@bp.post("/attention/settle")
def settle() -> ResponseReturnValue:
    """Settle a refused operation or a quarantined one, or accept some; `kind` and each `name` come from the list."""
    kind = request.form.get("kind", "")
    for name in request.form.getlist("name") if kind in attention.SETTLING else ():
        record(kind, {attention.SETTLING[kind]: name})
    return redirect(url_for("office.needs_attention"), 303)


@bp.post("/attention/tablet")
def settle_tablet() -> ResponseReturnValue:
    """The same for all that is listed of one tablet."""
    kind, device = request.form.get("kind", ""), word(request.form.get("tablet", ""))
    if kind == ACCEPT:
        attention.accept_all(device)
    elif kind in attention.SETTLING:
        attention.settle_all(kind, device)
    return redirect(url_for("office.needs_attention"), 303)


@bp.get("/plans")
def list_plans() -> ResponseReturnValue:
    return _plans(MultiDict(), {})


@bp.post("/plans")
def make_plan() -> ResponseReturnValue:
    body = plans.body_of(request.form)
    problems = send(plan.MAKE, body, plan.faults(body))
    return _plans(request.form, problems) if problems else redirect(url_for("office.list_plans"), 303)


@bp.post("/plans/end")
def end_plan() -> ResponseReturnValue:
    record(plan.END, {"plan": request.form.get("plan", "")})
    return redirect(url_for("office.list_plans"), 303)


@bp.get("/apart")
def list_pairs() -> ResponseReturnValue:
    audit.viewed("apart")
    return _pairs(MultiDict(), {})


@bp.post("/apart")
def keep_apart() -> ResponseReturnValue:
    body = pairs.body_of(request.form)
    problems = send(apart.SET, body, apart.faults(body))
    return _pairs(request.form, problems) if problems else redirect(url_for("office.list_pairs"), 303)


@bp.post("/apart/end")
def end_pair() -> ResponseReturnValue:
    record(apart.END, {"pair": request.form.get("pair", "")})
    return redirect(url_for("office.list_pairs"), 303)


@bp.get("/board")
def hall_board() -> ResponseReturnValue:
    return _board(MultiDict(), {})


@bp.post("/board")
def name_on_board() -> ResponseReturnValue:
    body = board.body_of(request.form)
    problems = send(NAME_ON_BOARD, body, board.faults(body, scope()))
    return _board(request.form, problems) if problems else redirect(url_for("office.hall_board"), 303)


@bp.get("/records")
def list_records() -> ResponseReturnValue:
    audit.viewed("records")
    today = clock.today()
    return render_template("office/records.html", **stays.records(today, spans.current(load_calendar(), today)))


@bp.post("/records/complete")
def complete_record() -> ResponseReturnValue:
    record(restraint.COMPLETE, {"record": request.form.get("record", "")})
    return redirect(url_for("office.list_records"), 303)


@bp.get("/cards")
def list_cards() -> ResponseReturnValue:
    return _cards({})


@bp.post("/cards")
def issue_cards() -> ResponseReturnValue:
    """New cards as a PDF; `student`, `group` and `who` in the form say for whom."""
    students = cards.chosen(request.form, clock.today())
    if not students:
        return _cards({"form": "Everybody there has a card already."})
    sheet = cards.print_new(students, current_user.id, current_app.config["SETTINGS"])
    answer = Response(sheet, content_type="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"cards-{clock.today()}.pdf")
    return answer


@bp.get("/tracker")
def tracker() -> ResponseReturnValue:
    args, today = request.args.to_dict(), clock.today()
    chosen = spans.choose(args, load_calendar(), today)
    page = tracking.page(chosen, args)
    return render_template("office/tracker.html", **page), 422 if chosen.problems else 200


@bp.get("/tracker/stays.<ending>")
def export_stays(ending: str) -> ResponseReturnValue:
    """The stays of the chosen span as a CSV file or an XLSX workbook."""
    chosen = spans.choose(request.args, load_calendar(), clock.today())
    if chosen.problems:
        abort(404)
    return sheets.download(tracking.sheet(chosen.span), tracking.file_name(chosen.span), ending)


def _cards(problems: Problems) -> ResponseReturnValue:
    page = cards.page(clock.today(), problems) | {"everybody": cards.EVERYBODY}
    return render_template("office/cards.html", **page), 422 if problems else 200


def _board(form: MultiDict[str, str], problems: Problems) -> ResponseReturnValue:
    page = board.page(clock.today(), scope(), form, problems)
    return render_template("office/board.html", **page), 422 if problems else 200


def _plans(form: MultiDict[str, str], problems: Problems) -> ResponseReturnValue:
    page = plans.page(clock.today(), form, problems)
    return render_template("office/plans.html", **page), 422 if problems else 200


def _pairs(form: MultiDict[str, str], problems: Problems) -> ResponseReturnValue:
    page = pairs.page(clock.today(), form, problems)
    return render_template("office/apart.html", **page), 422 if problems else 200
