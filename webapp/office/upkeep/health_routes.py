"""How the server is: for machines at `/health`, and in words at the desk."""

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.domain.text.words import clock_words, day_words
from webapp.school import clock
from webapp.web.access import may_open
from webapp.web.health import ServerHealth, is_well, server_health
from webapp.web.identity import is_lacking, is_sure

bp = Blueprint("health", __name__)


@bp.get("/health")
def tell_machines() -> ResponseReturnValue:
    """200 while records can be taken, else 503; how it is in detail for those who may read the desk's page."""
    if not _may_read():
        well = is_well()
        return jsonify(ok=well), 200 if well else 503
    found = server_health()
    age = found.last_backup and round((clock.now() - found.last_backup).total_seconds() / 3600, 1)
    answer = {
        "ok": found.is_well,
        "writable": found.fault is None,
        "trouble": found.fault and found.fault.reason,
        "free_mb": found.room // 1_000_000,
        "backup_age_hours": age,
        "backup_ok": found.is_backed_up(clock.now()),
        "version": found.version,
    }
    return jsonify(answer), 200 if found.is_well else 503


def _may_read() -> bool:
    return is_sure() and not is_lacking() and may_open(current_user.role, "health.tell_people")


@bp.get("/office/health")
def tell_people() -> ResponseReturnValue:
    found = server_health()
    return render_template(
        "office/upkeep/health.html",
        found=found,
        room=f"{found.room / 1_000_000_000:.1f} GB",
        backup=_when(found),
        is_backed_up=found.is_backed_up(clock.now()),
    )


def _when(found: ServerHealth) -> str:
    if found.last_backup is None:
        return "none yet"
    return f"{day_words(clock.local_date(found.last_backup))}, {clock_words(found.last_backup)}"
