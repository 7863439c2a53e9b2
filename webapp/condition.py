"""How the school's server is: whether it can store, how much room is left, and how old the last backup is."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from webapp.config import VERSION
from webapp.models import AuditLine, School, db
from webapp.models.lock import alone
from webapp.storage import Fault, fault_of

BACKUP = "school.backup"
"""The event by which the audit trail knows of a backup."""

LEAST_ROOM = 200_000_000  # bytes; a term of marks is less
BACKUP_LASTS = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Condition:
    """`fault`: why nothing can be stored, if so; `room` in bytes on the disk of the data folder."""

    fault: Fault | None
    room: int
    last_backup: datetime | None
    version: str = VERSION

    @property
    def is_well(self) -> bool:
        """Whether records can be taken. A backup that is missing is no reason to send tablets away."""
        return self.fault is None and self.has_room

    @property
    def has_room(self) -> bool:
        return self.room >= LEAST_ROOM

    def is_backed_up(self, now: datetime) -> bool:
        return self.last_backup is not None and now - self.last_backup <= BACKUP_LASTS


def condition() -> Condition:
    fault = _try_to_write()
    room = shutil.disk_usage(current_app.config["SETTINGS"].data).free
    return Condition(fault, room, None if fault else _last_backup())


def _try_to_write() -> Fault | None:
    """A write under the lock of all writes, there and back: SQLite passes over one that changes nothing."""
    try:
        with alone():
            for step in (1, -1):
                db.session.execute(update(School).values(sequence=School.sequence + step))
    except DBAPIError as error:
        if fault := fault_of(error):
            return fault
        raise
    return None


def _last_backup() -> datetime | None:
    newest = select(AuditLine.at).where(AuditLine.event == BACKUP).order_by(AuditLine.sequence.desc())
    return db.session.scalar(newest.limit(1))
