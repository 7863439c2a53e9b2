"""The office's addresses for rewards: tuck shop, options, limits and the trip."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from webapp.domain.access.rights import LEADERS
from webapp.office.parts import sheets
from webapp.office.parts.forms import Problems, record, send
from webapp.office.rewards import options, shop, trips
from webapp.office.students import limits
from webapp.results.half_term import beginning_on
from webapp.results.trip import trip_of
from webapp.school import audit, clock
from webapp.sync.operations import reward, till, tuck
from webapp.sync.operations import trip as trip_operation
from webapp.sync.operations.tuck import COUNT, ITEM, VOID
from webapp.sync.tables.rolling import roll
from webapp.web.access import may_open

bp = Blueprint("rewards", __name__, url_prefix="/office")


@bp.get("/tuck")
def tuck_shop() -> ResponseReturnValue:
    return _shop(MultiDict(), {})


@bp.post("/tuck/items")
def change_item() -> ResponseReturnValue:
    body = shop.item_of(request.form)
    problems = send(ITEM, body, tuck.faults(body))
    return _shop(request.form, problems) if problems else redirect(url_for("rewards.tuck_shop"), 303)


@bp.post("/tuck/count")
def count_item() -> ResponseReturnValue:
    refusal = record(COUNT, shop.count_of(request.form))
    problems = {"form": refusal.detail} if refusal else {}
    return _shop(MultiDict(), problems) if problems else redirect(url_for("rewards.tuck_shop"), 303)


@bp.post("/tuck/take-back")
def take_back() -> ResponseReturnValue:
    record(VOID, {"redemption": request.form.get("redemption", "")})
    return redirect(url_for("rewards.tuck_shop", day=request.form.get("day", "")), 303)


@bp.post("/tuck/tills")
def move_till() -> ResponseReturnValue:
    """With a reason the duty moves at once; else it waits for the old till."""
    body = {name: request.form.get(name, "") for name in ("group", "to", "why")}
    refusal = record(till.OVERRIDE if body["why"].strip() else till.MOVE, body)
    problems = {"form": refusal.detail} if refusal else {}
    return _shop(MultiDict(), problems) if problems else redirect(url_for("rewards.tuck_shop"), 303)


@bp.get("/tuck/sales.<ending>")
def export_sales(ending: str) -> ResponseReturnValue:
    """The sales of a day as a CSV file or an XLSX workbook."""
    day = shop.chosen(request.args.get("day"), clock.today())
    return sheets.download(shop.sheet(day), f"tuck-shop-{day}", ending)


@bp.get("/options")
def options_lists() -> ResponseReturnValue:
    today = clock.today()
    return render_template(
        "office/rewards/options.html", **options.page(options.chosen(request.args.get("week"), today), today)
    )


@bp.get("/options/lists.<ending>")
def export_options(ending: str) -> ResponseReturnValue:
    today = clock.today()
    week = options.chosen(request.args.get("week"), today)
    return sheets.download(options.sheet(week, today), f"options-{week}", ending)


@bp.get("/limits")
def list_limits() -> ResponseReturnValue:
    audit.viewed("limits")
    may_lift = may_open(current_user.role, "rewards.lift_limit")
    return render_template("office/rewards/limits.html", **limits.page(clock.today()), may_lift=may_lift)


@bp.post("/limits/lift")
def lift_limit() -> ResponseReturnValue:
    record(reward.LIFT, {"cap": request.form.get("cap", "")})
    return redirect(url_for("rewards.list_limits"), 303)


@bp.get("/trip")
def trip() -> ResponseReturnValue:
    return _trip(request.args.get("half_term"), MultiDict(), {})


@bp.post("/trip")
def decide_trip() -> ResponseReturnValue:
    body = trips.body_of(request.form)
    half_term = beginning_on(body["half_term"])
    if half_term is None:
        return redirect(url_for("rewards.trip"), 303)
    problems = send(trip_operation.DECIDE, body, trips.faults(body, trip_of(half_term, clock.now()).found))
    if problems:
        return _trip(body["half_term"], request.form, problems)
    return redirect(url_for("rewards.trip", half_term=body["half_term"]), 303)


@bp.get("/trip/list.<ending>")
def export_trip(ending: str) -> ResponseReturnValue:
    half_term = trips.chosen(request.args.get("half_term"), clock.today())
    lines = trips.sheet(trip_of(half_term, clock.now())) if half_term else []
    return sheets.download(lines, f"trip-{half_term.start}" if half_term else "trip", ending)


def _shop(form: MultiDict[str, str], problems: Problems) -> ResponseReturnValue:
    roll()  # what the policy starts a shop with comes with the first look at it
    page = shop.page(shop.chosen(request.args.get("day"), clock.today()), form, problems)
    page["may_move"] = may_open(current_user.role, "rewards.move_till")
    page["may_override"] = current_user.role in LEADERS
    return render_template("office/rewards/tuck.html", **page), 422 if problems else 200


def _trip(first: str | None, form: MultiDict[str, str], problems: Problems) -> ResponseReturnValue:
    page = trips.page(trips.chosen(first, clock.today()), clock.now(), form, problems)
    may_decide = may_open(current_user.role, "rewards.decide_trip")
    return render_template("office/rewards/trip.html", **page, may_decide=may_decide), 422 if problems else 200
