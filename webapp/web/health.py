"""How the school's server is: whether it can store, how much room is left, and how old the last backup is."""

import shutil
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, current_app
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from webapp.config import VERSION
from webapp.models import AuditLine, School, db
from webapp.models.lock import alone
from webapp.school import clock
from webapp.web.storage import BUSY, Fault, fault_of

BACKUP = "school.backup"
"""The event by which the audit trail knows of a backup."""

LEAST_ROOM = 200_000_000  # bytes; a term of marks is less
BACKUP_LASTS = timedelta(hours=36)
LATELY = timedelta(seconds=30)
PATIENCE = timedelta(milliseconds=200)
"""How long the trial waits for somebody else who writes."""

PROBE = "probe"


@dataclass(frozen=True, slots=True)
class ServerHealth:
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


class Probe:
    """Tries now and then whether the school can store, once for everybody who asks: it is a write."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at: datetime | None = None
        self._fault: Fault | None = None

    def fault(self) -> Fault | None:
        """Why nothing can be stored, if so, as it was lately. Who asks while somebody tries is told what was known."""
        if self._is_old() and self._lock.acquire(blocking=False):
            try:
                self._fault = _try_to_write()
                self._at = clock.now()
            finally:
                self._lock.release()
        return self._fault

    def _is_old(self) -> bool:
        if self._at is None or self._fault:
            return True  # that it is over is told at once
        return not timedelta(0) <= clock.now() - self._at < LATELY


def init_app(app: Flask) -> None:
    app.extensions[PROBE] = Probe()


def server_health() -> ServerHealth:
    fault = _probe().fault()
    return ServerHealth(fault, _room(), None if fault else _last_backup())


def is_well() -> bool:
    """Whether records can be taken. For strangers, who may ask as often as they like."""
    return ServerHealth(_probe().fault(), _room(), None).is_well


def _probe() -> Probe:
    probe: Probe = current_app.extensions[PROBE]
    return probe


def _room() -> int:
    return shutil.disk_usage(current_app.config["SETTINGS"].data).free


def _try_to_write() -> Fault | None:
    """A write under the lock of all writes, there and back: SQLite passes over one that changes nothing."""
    try:
        with alone(patience=PATIENCE):
            for step in (1, -1):
                db.session.execute(update(School).values(sequence=School.sequence + step))
    except DBAPIError as error:
        fault = fault_of(error)
        if fault is None:
            raise
        return None if fault is BUSY else fault  # somebody is storing something this moment
    return None


def _last_backup() -> datetime | None:
    newest = select(AuditLine.at).where(AuditLine.event == BACKUP).order_by(AuditLine.sequence.desc())
    return db.session.scalar(newest.limit(1))
