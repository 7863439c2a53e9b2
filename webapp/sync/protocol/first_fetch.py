"""What a tablet gets that holds nothing: the school as it was when the first tablet asked, put together once.

A whole fetch costs what tablets will hold, and that is the same for all of a duty. So its pages are kept as text, and
whoever comes soon after gets them too, and then what changed since."""

import gc
import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from flask import current_app, json

from webapp.sync.protocol.columns import runs_of
from webapp.sync.tables.replication import WireRow

KEPT = 3  # snapshots; one of 70,000 rows takes some 20 MB
FETCHES = 1_000  # tablets in the middle of a fetch
NEWS = 5_000  # revisions after which a snapshot is made anew
COMPACT = (",", ":")  # JSON without blanks


class Form(NamedTuple):
    """Who may have a snapshot and how it is put. `device` is empty unless it holds rows that concern it alone."""

    tables: frozenset[str]
    device: str
    limit: int
    columns: bool


class Version(NamedTuple):
    """While this is the same, old pages and what changed since are together what a school holds."""

    epoch: str
    day: date
    pack: str | None


class Page(NamedTuple):
    """The member of an answer that has the rows, as JSON with its name, and the cursor after it."""

    text: str
    following: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All rows of a fetch begun at revision `head`, page by page, and the names of these rows."""

    version: Version
    head: int
    pages: tuple[Page, ...]
    names: frozenset[tuple[str, str]]

    def page_after(self, since: int) -> Page | None:
        """The page that begins after `since`; None if none does."""
        if since == 0:
            return self.pages[0]
        before = bisect_left(self.pages, since, key=attrgetter("following"))
        is_one = before + 1 < len(self.pages) and self.pages[before].following == since
        return self.pages[before + 1] if is_one else None


@dataclass(frozen=True, slots=True)
class Fetch:
    """A tablet's fetch, begun when the school was at revision `begun`, not before the snapshot."""

    snapshot: Snapshot
    begun: int

    def concerns(self, row: WireRow) -> bool:
        """False of a row that was gone when the fetch began and was not in the snapshot either."""
        is_here = row["data"] is not None
        return is_here or row["rev"] > self.begun or (row["table"], row["id"]) in self.snapshot.names


class Snapshots:
    """The latest snapshots, and which tablets are in the middle of one. All in memory: a tablet whose fetch is
    forgotten is told everything from then on, which is never less than it needs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: OrderedDict[Form, Snapshot] = OrderedDict()
        self._fetches: OrderedDict[str, Fetch] = OrderedDict()

    def begin(self, device: str, form: Form, version: Version, head: int, read: Callable[[], list[WireRow]]) -> Fetch:
        """A fetch from a snapshot that is new enough; whoever comes first reads it, while others wait."""
        with self._lock:
            snapshot = self._latest.get(form)
            if snapshot is None or snapshot.version != version or head - snapshot.head > NEWS:
                with _no_collection():
                    snapshot = snapshot_of(read(), form, version, head)
            _keep(self._latest, form, snapshot, KEPT)
            fetch = Fetch(snapshot, max(head, snapshot.head))
            _keep(self._fetches, device, fetch, FETCHES)
            self._forget_old()
            return fetch

    def going_on(self, device: str, epoch: str) -> Fetch | None:
        """The fetch a tablet is in the middle of, if it is remembered and the school was not restored since."""
        fetch = self._fetches.get(device)
        return fetch if fetch and fetch.snapshot.version.epoch == epoch else None

    def end(self, device: str) -> None:
        with self._lock:
            self._fetches.pop(device, None)

    def _forget_old(self) -> None:
        """Let go of fetches that alone would keep a snapshot in memory."""
        latest = {id(snapshot) for snapshot in self._latest.values()}
        for device in [device for device, fetch in self._fetches.items() if id(fetch.snapshot) not in latest]:
            del self._fetches[device]


def snapshots() -> Snapshots:
    """The running app's own."""
    own: Snapshots = current_app.extensions["snapshots"]
    return own


def member_of(rows: list[WireRow], columns: bool) -> str:
    """The rows as JSON with their name in an answer: `"rows": […]`, or `"runs": […]` in columns."""
    name, held = ("runs", runs_of(rows)) if columns else ("rows", rows)
    return f'"{name}":{json.dumps(held, separators=COMPACT)}'


def snapshot_of(rows: list[WireRow], form: Form, version: Version, head: int) -> Snapshot:
    parts = [rows[start : start + form.limit] for start in range(0, len(rows), form.limit)] or [[]]
    reached = [*(part[-1]["rev"] for part in parts[:-1]), head]
    pages = (Page(member_of(part, form.columns), last) for part, last in zip(parts, reached, strict=True))
    return Snapshot(version, head, tuple(pages), frozenset((row["table"], row["id"]) for row in rows))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without Python's search for cycles, which half of the time goes into as rows pile up that are no garbage yet."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _keep(kept: OrderedDict[Any, Any], key: Any, value: Any, most: int) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
