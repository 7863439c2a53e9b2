"""The office's addresses for how long records are kept: the rules, what would go now, and what went."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.models import RetentionRun, db
from webapp.office.data import retention
from webapp.office.parts.confirmation import ask, is_sure
from webapp.retention.deleting import delete_past
from webapp.retention.past import fingerprint, past_on
from webapp.retention.sweeping import finish, sweep
from webapp.school import audit, clock
from webapp.web.access import may_open

OTHERS = "Something else is past its time by now. This is how it is; nothing was deleted."

bp = Blueprint("retention", __name__, url_prefix="/office/data/kept")


@bp.get("")
def list_rules() -> ResponseReturnValue:
    """Whoever looks finishes what readers kept from being finished."""
    finish()
    page = retention.rules_page(past_on(clock.today()))
    return render_template("office/data/retention.html", **page)


@bp.get("/now")
def preview() -> ResponseReturnValue:
    return _preview({})


@bp.post("/now")
def delete_now() -> ResponseReturnValue:
    """What is deleted is what was looked at: it is found once more while nobody else writes."""
    seen = request.form.get("seen", "")
    if not is_sure():
        past = past_on(clock.today())
        if seen != fingerprint(past):
            return _preview({"kinds": OTHERS})
        return ask("Delete these now", retention.sentences(past), back=url_for("retention.preview"))
    run = delete_past(current_user.id, seen)
    if run is None:
        return _preview({"kinds": OTHERS})
    sweep()
    return redirect(url_for("retention.report", run_id=run), 303)


@bp.get("/reports/<int:run_id>")
def report(run_id: int) -> ResponseReturnValue:
    return render_template(
        "office/data/retention_report.html", **retention.report_page(db.get_or_404(RetentionRun, run_id))
    )


def _preview(problems: dict[str, str]) -> ResponseReturnValue:
    """Names are shown, so the look is noted."""
    audit.viewed("retention")
    page = retention.preview_page(past_on(clock.today()))
    page |= {"problems": problems, "may_delete": may_open(current_user.role, "retention.delete_now")}
    return render_template("office/data/retention_preview.html", **page), 422 if problems else 200
