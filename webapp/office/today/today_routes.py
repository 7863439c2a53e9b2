"""The addresses of today: what needs attention, plans, pairs kept apart, and records."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webapp.office.parts import spans
from webapp.office.parts.desk import bp
from webapp.office.parts.forms import Problems, record, send
from webapp.office.parts.paging import number_of
from webapp.office.parts.picking import is_finding
from webapp.office.today import attention, pairs, plans, records
from webapp.school import audit, clock
from webapp.school.calendar import load_calendar
from webapp.sync.operations import apart, plan, restraint
from webapp.sync.operations.attention import ACCEPT
from webapp.sync.operations.ids import word


@bp.get("/attention")
def needs_attention() -> ResponseReturnValue:
    asked = {name: number_of(request.args, name) for name in attention.LISTS}
    return render_template("office/today/attention.html", **attention.listed(asked))


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
    if is_finding(request.form):
        return _plans(request.form, {})
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
    if is_finding(request.form):
        return _pairs(request.form, {})
    body = pairs.body_of(request.form)
    problems = send(apart.SET, body, apart.faults(body))
    return _pairs(request.form, problems) if problems else redirect(url_for("office.list_pairs"), 303)


@bp.post("/apart/end")
def end_pair() -> ResponseReturnValue:
    record(apart.END, {"pair": request.form.get("pair", "")})
    return redirect(url_for("office.list_pairs"), 303)


@bp.get("/records")
def list_records() -> ResponseReturnValue:
    audit.viewed("records")
    today = clock.today()
    return render_template("office/today/records.html", **records.records(today, spans.current(load_calendar(), today)))


@bp.post("/records/complete")
def complete_record() -> ResponseReturnValue:
    record(restraint.COMPLETE, {"record": request.form.get("record", "")})
    return redirect(url_for("office.list_records"), 303)


def _plans(form: MultiDict[str, str], problems: Problems) -> ResponseReturnValue:
    page = plans.page(clock.today(), form, problems)
    return render_template("office/today/plans.html", **page), 422 if problems else 200


def _pairs(form: MultiDict[str, str], problems: Problems) -> ResponseReturnValue:
    page = pairs.page(clock.today(), form, problems)
    return render_template("office/today/apart.html", **page), 422 if problems else 200
