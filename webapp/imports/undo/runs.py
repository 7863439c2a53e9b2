"""Imports that took place, remembered so that they can be taken back."""

from datetime import timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import defer

from webapp.imports.outcome import Outcome
from webapp.imports.undo.snapshots import packed
from webapp.models import ImportRun, Merge, db
from webapp.school import clock
from webapp.school.audit import note

UNDO_FOR = timedelta(days=30)
"""How long an import can be undone. After that what its rows held before is forgotten."""


def remember(kind: str, file: str, by: str, outcome: Outcome) -> int:
    """Note what an import did, inside its write; the number it goes by."""
    forget_old()
    run = ImportRun(
        kind=kind,
        file=file,
        by=by,
        at=clock.now(),
        added=outcome.added,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        touches=packed(outcome.touches),
    )
    db.session.add(run)
    db.session.flush()
    _note(run, outcome)
    return run.id


def go_on(run_id: int, outcome: Outcome) -> int:
    """Note what a further portion of an import did, inside its write."""
    run = db.session.get_one(ImportRun, run_id)
    run.added += outcome.added
    run.changed += outcome.changed
    run.unchanged += outcome.unchanged
    run.touches = (run.touches or b"") + packed(outcome.touches)
    _note(run, outcome)
    return run_id


def _note(run: ImportRun, outcome: Outcome) -> None:
    note("import.run", f"import:{run.id}", kind=run.kind, added=str(outcome.added), changed=str(outcome.changed))


def forget_old() -> None:
    """Drop what the rows held that imports and merges touched long ago."""
    past = ImportRun.at < clock.now() - UNDO_FOR
    db.session.execute(update(ImportRun).where(past, ImportRun.touches.is_not(None)).values(touches=None))
    db.session.execute(update(Merge).where(Merge.at < clock.now() - UNDO_FOR).values(touches=None))


def latest_runs() -> Select[ImportRun]:
    """Asks for the imports, the newest first, without what their rows held."""
    return select(ImportRun).options(defer(ImportRun.touches)).order_by(ImportRun.id.desc())
