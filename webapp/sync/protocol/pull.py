"""What a tablet has not seen yet: rows in the order of their last change."""

from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam, exists, literal, select, true, union_all

from webapp.domain.access.duties import FLOOR_TABLET
from webapp.models import Device, Operation, Overturned, School, db
from webapp.models.operation import REFUSED
from webapp.school import clock
from webapp.school.school import school_pack
from webapp.sync.protocol.first_fetch import Fetch, Form, Version, member_of, snapshots
from webapp.sync.tables.replicated import heard_by
from webapp.sync.tables.replication import Source, WireRow
from webapp.sync.tables.sources import sources_for
from webapp.sync.tables.window import window_on

MOST_ROWS = 10_000
USUAL_ROWS = 1_000
EVERY_ROW = 10**9

FOLLOWED = tuple(model for model, _ in sources_for(FLOOR_TABLET))


def pull(device: Device, since: int, limit: int, school: School) -> tuple[list[WireRow], int, bool]:
    """Rows changed after `since`, the cursor for the next call, and whether there are more.

    From 0, rows outside the window are left out; later they come as tombstones, since the tablet may hold them.
    """
    head = school.sequence
    if since >= head:
        return [], head, False
    found = _read(sources_for(device.duty, device.id), since, limit, school, device.id)
    if len(found) > limit:
        return found[:limit], found[limit - 1]["rev"], True
    return found, head, False


def pull_fresh(device: Device, since: int, limit: int, columns: bool, school: School) -> tuple[str, int, bool]:
    """The same for a tablet that held nothing as it began at 0, with the rows as `member_of` puts them. Rows that were
    gone or outside the window when it began are left out of later pages, too."""
    own, head = snapshots(), school.sequence
    fetch = _begun(device, limit, columns, school) if since == 0 else own.going_on(device.id, school.epoch)
    page = fetch.snapshot.page_after(since) if fetch else None
    if fetch and page:
        text, following, more = page.text, page.following, page.following < max(head, fetch.snapshot.head)
    else:
        rows, following, more = pull(device, since, limit, school)
        if fetch and since >= fetch.snapshot.head:
            rows = [row for row in rows if fetch.concerns(row)]
        text = member_of(rows, columns)
    if not more:
        own.end(device.id)
    return text, following, more


def _begun(device: Device, limit: int, columns: bool, school: School) -> Fetch:
    mine = device.id if _has_refusals(device) else ""
    form = Form(heard_by(device.duty), mine, limit, columns)
    version = Version(school.epoch, clock.today(), school.pack)
    sources = sources_for(device.duty, mine)
    return snapshots().begin(
        device.id, form, version, school.sequence, lambda: _read(sources, 0, EVERY_ROW, school, mine)
    )


def _has_refusals(device: Device) -> bool:
    mine = (Operation.device_id == device.id, Operation.status == REFUSED, Operation.settled_at.is_(None))
    return db.session.scalar(select(Operation.rev).where(*mine).limit(1)) is not None


def common_rows(duty: str, since: int, limit: int, school: School) -> list[WireRow] | None:
    """What all tablets of a duty miss since `since`; None if that is more than `limit` rows, or if something was
    refused meanwhile, which concerns one tablet alone."""
    refused = select(Operation.rev).where(Operation.status == REFUSED, Operation.rev > since)
    overturned = select(Overturned.rev).where(Overturned.rev > since)
    if db.session.scalar(refused.union_all(overturned).limit(1)) is not None:
        return None
    found = _read(sources_for(duty), since, limit, school, device="")
    return found if len(found) <= limit else None


def _read(sources: list[tuple[Any, Source]], since: int, limit: int, school: School, device: str) -> list[WireRow]:
    """At most one more than `limit` rows, in the order of `rev`."""
    window, pack = window_on(clock.today()), school_pack()
    changed = _changed_since(since, device)
    read = [source for model, source in sources if model.__tablename__ in changed]
    found = [row for source in read for row in source(since, limit + 1, window, pack)]
    # A writer may commit between two of these reads; what is above the head read first waits for the next call,
    # or a row below it in a table already read would be skipped.
    return sorted((row for row in found if row["rev"] <= school.sequence), key=itemgetter("rev"))[: limit + 1]


def _changed_since(since: int, device: str) -> set[str]:
    """The tables with rows above `since`, found in one question: forty tablets ask after every call, and mostly one
    or two tables have news."""
    return set(db.session.scalars(_questions(), {"since": since, "device": device}))


@cache
def _questions() -> Any:
    """A line for each table with news. What was refused is news for the device alone that sent it."""
    since: Any = bindparam("since")
    device: Any = bindparam("device")
    own = {
        Operation: (Operation.device_id == device) & (Operation.status == REFUSED),
        Overturned: Overturned.device_id == device,
    }
    followed = [*((model, true()) for model in FOLLOWED), *own.items()]
    return union_all(
        *(
            select(literal(m.__tablename__)).where(exists().where(m.rev > since, of_interest))
            for m, of_interest in followed
        )
    )
