"""Changing the school's policy: a version begins, or is withdrawn before it does, and levels and tablets follow."""

import json

from webapp.models import PolicyVersion, School, db
from webapp.policies.settings import Values
from webapp.results.levels import load_frame
from webapp.school import clock
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables.levels import recompute
from webapp.sync.tables.rolling import tell_policy


def adopt(week: str, values: Values, by: str, why: str, revs: RevCounter) -> None:
    """From the Monday of a week on these settings hold."""
    settings = json.dumps(dict(values), sort_keys=True)
    db.session.add(PolicyVersion(week=week, settings=settings, by=by, at=clock.now(), why=why))
    _follow(week, revs)


def withdraw(version: PolicyVersion, by: str, revs: RevCounter) -> None:
    """A version that has not begun never does."""
    version.withdrawn_by, version.withdrawn_at = by, clock.now()
    _follow(version.week, revs)


def _follow(week: str, revs: RevCounter) -> None:
    db.session.flush()
    frame = load_frame()
    recompute(revs, weeks=[one for one in frame.calendar.school_weeks() if one >= week], frame=frame)
    tell_policy(db.session.query(School).one(), revs)
