"""Records that age by themselves: which are past their time, and how they go.

Each kind has a pair of functions: one finds what was over before a moment, the other deletes what was found.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from webapp.models import (
    Account,
    Assist,
    Base,
    BrowserSession,
    Device,
    EnrolCode,
    ImportRun,
    LockOut,
    Merge,
    Operation,
    PastSignIn,
    ProviderAccount,
    Quarantined,
    RecoveryCode,
    Responsibility,
    SecondFactor,
    SetUpLink,
    SignIn,
    Staff,
    Upload,
    db,
)
from webapp.models.operation import ERASED, REFUSED
from webapp.models.people import FORMER_STAFF
from webapp.school import audit, clock
from webapp.sync.log.erasing import NOTHING, hollow, hollow_aside
from webapp.sync.log.revisions import RevCounter
from webapp.sync.log.wording import empty_calls

FORMER_TABLET: Final = "Former tablet"
NO_FILE: Final = "(name deleted)"

THEIRS: Final[tuple[Any, ...]] = (
    *(Account, SecondFactor, RecoveryCode, ProviderAccount, SetUpLink),
    *(BrowserSession, SignIn, PastSignIn, Responsibility),
)
"""What belongs to a member of staff and to nobody else."""

EMPTY: Final = dict.fromkeys(("email", "initials", "password_hash"))

Found = Sequence[Any]
"""The keys of what was found."""


class Kind(NamedTuple):
    """`find` what was over before a moment, and `forget` what was found, inside `with writing() as revs`."""

    find: Callable[[datetime], Found]
    forget: Callable[[Found, RevCounter], None]


def _staff(before: datetime) -> Found:
    gone = Staff.left < clock.local_date(before)
    query = select(Staff.id).where(gone, Staff.surname != FORMER_STAFF["surname"])
    return db.session.scalars(query.order_by(Staff.id)).all()


def _forget_staff(people: Found, revs: RevCounter) -> None:
    """Whoever is named by user name stays so. Tablets hear of the new name."""
    for model in THEIRS:
        db.session.execute(delete(model).where(model.staff_id.in_(people)))
    for person in people:
        values = FORMER_STAFF | EMPTY | {"username": person, "rev": revs.next()}
        db.session.execute(update(Staff).where(Staff.id == person).values(values))


def _calls(before: datetime) -> Found:
    said = or_(Assist.place != "", Assist.message != "")
    return db.session.scalars(select(Assist.id).where(Assist.at < before, said).order_by(Assist.id)).all()


def _settled(before: datetime) -> Found:
    """Refused operations by their place, and what was put aside by its number below nothing."""
    refused = select(Operation.seq).where(Operation.status == REFUSED, Operation.kind != ERASED)
    aside = select(-Quarantined.id).where(Quarantined.content != NOTHING)
    both = refused.where(Operation.settled_at < before), aside.where(Quarantined.settled_at < before)
    return sorted(key for query in both for key in db.session.scalars(query))


def _forget_settled(found: Found, revs: RevCounter) -> None:
    hollow([key for key in found if key > 0], revs)
    hollow_aside([-key for key in found if key < 0])


def _tablets(before: datetime) -> Found:
    """Those with something still put aside wait: who had signed in there decides whether it can be accepted."""
    waiting = select(Quarantined.device_id).where(Quarantined.settled_at.is_(None))
    silent = func.coalesce(Device.last_heard, Device.enrolled_at) < before
    query = select(Device.id).where(Device.revoked_at < before, silent, Device.name != FORMER_TABLET)
    return db.session.scalars(query.where(Device.id.not_in(waiting)).order_by(Device.id)).all()


def _forget_tablets(tablets: Found, _numbers: RevCounter) -> None:
    """Its cookie stays known, so that it is told to hand over and empty itself if it ever comes back."""
    for model in (SignIn, PastSignIn):
        db.session.execute(delete(model).where(model.device_id.in_(tablets)))
    told = dict.fromkeys(("trouble", "skew", "version", "unsent", "oldest", "persisted", "used", "quota"))
    db.session.execute(update(Device).where(Device.id.in_(tablets)).values(name=FORMER_TABLET, **told))


def _sign_ins(before: datetime) -> Found:
    free = or_(LockOut.until.is_(None), LockOut.until <= clock.now())
    return [
        *_keys(BrowserSession.hash, BrowserSession.seen < before),
        *_keys(EnrolCode.hash, EnrolCode.until < before),
        *_keys(SetUpLink.hash, SetUpLink.until < before),
        *_keys(LockOut.key, LockOut.last < before, free),
    ]


def _imports(before: datetime) -> Found:
    runs = or_(ImportRun.file.not_in(("", NO_FILE)), ImportRun.touches.is_not(None))
    merges = _keys(Merge.id, Merge.at < before, Merge.touches.is_not(None))
    return [*_keys(Upload.id, Upload.at < before), *_keys(ImportRun.id, ImportRun.at < before, runs), *merges]


def _forget_imports(found: Found, revs: RevCounter) -> None:
    """That there was an import stays: the audit trail names it by its number."""
    runs = [key for table, key in found if table == ImportRun.__tablename__]
    db.session.execute(update(ImportRun).where(ImportRun.id.in_(runs)).values(file=NO_FILE, touches=None))
    merges = [key for table, key in found if table == Merge.__tablename__]
    db.session.execute(update(Merge).where(Merge.id.in_(merges)).values(touches=None))
    _delete([(table, key) for table, key in found if table == Upload.__tablename__], revs)


def _cut_audit(lines: Found, _numbers: RevCounter) -> None:
    audit.cut(lines[-1])


def _keys(column: Any, *conditions: ColumnElement[bool]) -> list[tuple[str, Any]]:
    """The rows of which all this is true, each by its table and its value in the column that names it."""
    table = column.class_.__tablename__
    return [(table, key) for key in db.session.scalars(select(column).where(*conditions).order_by(column))]


def _delete(found: Found, _numbers: RevCounter) -> None:
    for table, key in found:
        (column,) = Base.metadata.tables[table].primary_key
        db.session.execute(delete(column.table).where(column == key))


KINDS: Final[Mapping[str, Kind]] = {
    "staff": Kind(_staff, _forget_staff),
    "calls": Kind(_calls, empty_calls),
    "settled": Kind(_settled, _forget_settled),
    "tablets": Kind(_tablets, _forget_tablets),
    "sign-ins": Kind(_sign_ins, _delete),
    "imports": Kind(_imports, _forget_imports),
    "audit": Kind(audit.written_before, _cut_audit),
}
