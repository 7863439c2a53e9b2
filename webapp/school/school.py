"""The school this database holds, and the policy it runs on: its pack, and what it changed in it from week to week."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import inspect, select

from webapp.domain.time.calendar import monday_of
from webapp.models import PolicyVersion, School, db
from webapp.policies import Pack, load
from webapp.policies.settings import load_changed
from webapp.school import clock
from webapp.school.clock import day_end, local_moment


@dataclass(frozen=True, slots=True)
class Version:
    """A pack whose levels hold from the Monday of a week on, and all else `since` it was adopted, if that was later."""

    week: str
    since: datetime
    pack: Pack


@dataclass(frozen=True, slots=True)
class Packs:
    """The pack that came with the software, and the versions that followed, in the order of their weeks."""

    first: Pack
    versions: tuple[Version, ...] = ()

    def in_week(self, week: str) -> Pack:
        """The pack that rules a week's levels."""
        return next((one.pack for one in reversed(self.versions) if one.week <= week), self.first)

    def at(self, moment: datetime) -> Pack:
        """The pack by which people acted at a moment."""
        return next((one.pack for one in reversed(self.versions) if one.since <= moment), self.first)

    def on(self, day: date) -> Pack:
        """The pack in force on a day, at its end if it came that day."""
        return self.at(day_end(day) - timedelta.resolution)

    def followed_by(self, week: str, pack: Pack, at: datetime) -> "Packs":
        """The same with one more version, adopted at a moment."""
        return Packs(self.first, (*self.versions, Version(week, max(at, local_moment(monday_of(week))), pack)))


Adopted = tuple[str, str, datetime]
"""What a version says: its week, its settings as JSON, and when it was adopted."""


def the_school() -> School | None:
    """The school's row, or None before `init`."""
    return db.session.query(School).one_or_none()


def has_tables() -> bool:
    """Whether the database was ever migrated."""
    return inspect(db.engine).has_table(School.__tablename__)


def is_set_up() -> bool:
    """Whether the database has its tables and its school."""
    return has_tables() and the_school() is not None


def school_packs() -> Packs:
    """The packs of the school, week by week. A version that was withdrawn never was."""
    adopted = (PolicyVersion.week, PolicyVersion.settings, PolicyVersion.at)
    query = select(School.policy, *adopted).outerjoin(PolicyVersion, PolicyVersion.withdrawn_at.is_(None))
    rows = db.session.execute(query.order_by(PolicyVersion.id)).all()
    return _packs(rows[0][0], tuple(tuple(row[1:]) for row in rows if row.week))


def school_pack(day: date | None = None) -> Pack:
    """The policy pack in force on a day; today's if none is given."""
    return school_packs().on(day or clock.today())


@lru_cache(maxsize=8)
def _packs(policy: str, adopted: Sequence[Adopted]) -> Packs:
    packs = Packs(load(policy))
    for week, settings, at in adopted:
        packs = packs.followed_by(week, load_changed(policy, json.loads(settings)), at)
    return packs
