"""The office's addresses for the policy: in words, the draft of a change, what it would do, and the history."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from webapp.domain.text.text import clean
from webapp.models import PolicyVersion, db
from webapp.office.parts.forms import Problems, first_of_each
from webapp.office.policy import drafts, policy, previews, versions
from webapp.results.preview import Preview
from webapp.school import clock
from webapp.school.audit import note
from webapp.school.school import school_pack
from webapp.sync.log.revisions import head, writing
from webapp.sync.operations.ids import number
from webapp.sync.tables.policy import adopt as begin
from webapp.sync.tables.policy import withdraw as take_back
from webapp.web.access import may_open

BEGUN = "It has begun, and what it gave is never taken back (D4). Write a new draft instead."

BUSY = "Marks come in just now, one after the other. Nothing was adopted. Look at it again and press once more."
TRIES = 5  # of working out what a change would do, in the moments between two marks

bp = Blueprint("policy", __name__, url_prefix="/office/policy")


@bp.context_processor
def rights() -> dict[str, bool]:
    return {"may_change": current_user.is_authenticated and may_open(current_user.role, "policy.adopt")}


@bp.get("")
def in_words() -> ResponseReturnValue:
    pack, today = school_pack(), clock.today()
    return render_template(
        "office/policy/policy.html", pack=pack, policy=policy.sections(pack), **versions.in_force(today)
    )


@bp.get("/draft")
def draft() -> ResponseReturnValue:
    return render_template("office/policy/policy_draft.html", **drafts.page(MultiDict(), {}))


@bp.post("/draft")
def keep_draft() -> ResponseReturnValue:
    week, values = request.form.get("week", ""), drafts.values_of(request.form)
    problems = first_of_each(drafts.faults(week, values))
    if problems:
        return render_template("office/policy/policy_draft.html", **drafts.page(request.form, problems)), 422
    with writing():
        drafts.keep(week, values, current_user.id)
    return redirect(url_for("policy.preview"), 303)


@bp.post("/draft/leave")
def leave_draft() -> ResponseReturnValue:
    with writing():
        drafts.drop()
    return redirect(url_for("policy.in_words"), 303)


@bp.get("/preview")
def preview() -> ResponseReturnValue:
    return _preview("", {})


@bp.post("/adopt")
def adopt() -> ResponseReturnValue:
    """What is adopted is what was looked at: it is worked out once more, and holds if nobody has written since."""
    seen, why = request.form.get("seen", ""), clean(request.form.get("why", ""))
    problems: Problems | None = None
    for _ in range(TRIES):
        before = head()
        would = previews.preview_of(found) if (found := drafts.the_draft()) else None
        problems = _adopted(seen, why, would, before)
        if problems is not None:
            break
    if problems is None:
        problems = {"form": BUSY}
    return _preview(why, problems) if problems else redirect(url_for("policy.history"), 303)


def _adopted(seen: str, why: str, would: Preview | None, before: int) -> Problems | None:
    """Adopt the draft, or tell what stands against it; None if others have written since the number `before`."""
    with writing() as revs:
        if revs.last != before:
            return None
        found = drafts.the_draft()
        problems = first_of_each(drafts.adopting_faults(found, would, seen, why))
        if found and not problems:
            begin(found.week, versions.values_in(found), current_user.id, why, revs)
            note("policy.adopt", f"week:{found.week}")
            drafts.drop()
    return problems


@bp.get("/history")
def history() -> ResponseReturnValue:
    return _history({})


@bp.post("/withdraw")
def withdraw() -> ResponseReturnValue:
    with writing() as revs:
        version = db.get_or_404(PolicyVersion, number(request.form.get("version", "")) or 0)
        has_begun = versions.has_begun(version, clock.today())
        if not has_begun and version.withdrawn_at is None:
            take_back(version, current_user.id, revs)
            note("policy.withdraw", f"week:{version.week}")
    return _history({"form": BEGUN}) if has_begun else redirect(url_for("policy.history"), 303)


def _preview(why: str, problems: Problems) -> ResponseReturnValue:
    draft = drafts.the_draft()
    if draft is None:
        return redirect(url_for("policy.draft"), 303)
    page = previews.page(draft, previews.preview_of(draft), why, problems)
    return render_template("office/policy/policy_preview.html", **page), 422 if problems else 200


def _history(problems: Problems) -> ResponseReturnValue:
    page = versions.history(clock.today())
    return render_template("office/policy/policy_history.html", **page, problems=problems), 422 if problems else 200
