"""Lists that grow without end come in pages, read in an order that the database has an index for."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from tests.builders import Tablet, create_lesson, create_tablet
from tests.office.conftest import Person, Sign
from webapp.models import Device, ImportRun, LockOut, Operation, Quarantined, db
from webapp.office.parts.paging import A_PAGE
from webapp.school import clock
from webapp.school.audit import note
from webapp.sync.log.revisions import writing

MANY = 2 * A_PAGE + 7
LARGE = ("quarantined", "operation", "audit", "device", "import_run", "lock_out")
"""Tables that somebody outside can make long."""


@pytest.fixture
def tablet(app: Flask, people: None) -> Tablet:
    create_lesson()
    return create_tablet(app)


@pytest.fixture
def head(sign_in: Sign, tablet: Tablet) -> Person:
    return sign_in("administrator")


def _aside(tablet: Tablet) -> None:
    content = '{"kind": "score.record", "by": "a.adeyemi", "body": {}, "wall": "", "replaces": null}'
    known = {"device_id": tablet.device, "incarnation": tablet.incarnation, "reason": "revoked", "content": content}
    db.session.add_all(Quarantined(n=n, digest=str(n), received=clock.now(), **known) for n in range(1, MANY + 1))


def _refused(tablet: Tablet) -> None:
    op: dict[str, Any] = {"kind": "score.record", "by": "a.adeyemi", "wall": "", "body": "{}", "status": "refused"}
    op |= {
        "replaces": None,
        "device_id": tablet.device,
        "incarnation": tablet.incarnation,
        "at": clock.now(),
        "received": clock.now(),
    }
    db.session.add_all(
        Operation(seq=n, n=n, rev=n, digest="", reason="no-such-lesson", detail=f"Entry {n}.", **op)
        for n in range(10_000, 10_000 + MANY)
    )


def _told(tablet: Tablet) -> None:
    """What was recorded of one mark."""
    _refused(tablet)
    db.session.flush()
    db.session.execute(text("UPDATE operation SET subject = 'score:1.1'"))


def _tablets(_: Tablet) -> None:
    now = clock.now()
    known = {"incarnation": "a", "duty": "floor", "last_heard": now}
    db.session.add_all(
        Device(id=f"d{n}", name=f"Trolley {n}", enrolled_at=now + timedelta(seconds=n), **known)
        for n in range(1_000, 1_000 + MANY)
    )


def _runs(_: Tablet) -> None:
    known = {"kind": "staff", "by": "head", "added": 1, "changed": 0, "unchanged": 0}
    db.session.add_all(ImportRun(file=f"{n}.csv", at=clock.now(), **known) for n in range(MANY))


def _locks(_: Tablet) -> None:
    until = clock.now() + timedelta(minutes=10)
    db.session.add_all(
        LockOut(key=f"password:nobody{n}", failures=5, until=until, last=clock.now()) for n in range(MANY)
    )


def _audit(_: Tablet) -> None:
    for n in range(2 * 107):  # a page of the trail is longer
        note("tablet.code", f"tablet:d{n}")


LISTS: dict[str, tuple[str, Callable[[Tablet], None], str]] = {
    "set aside": ("/office/attention", _aside, "aside"),
    "refused": ("/office/attention", _refused, "refused"),
    "tablets": ("/office/tablets", _tablets, "page"),
    "imports": ("/office/import", _runs, "page"),
    "lock-outs": ("/office/accounts/", _locks, "page"),
    "a mark’s history": ("/office/corrections/mark/1/1", _told, "page"),
}


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """What a page asks of the database."""
    found: list[tuple[str, Any]] = []

    def remember(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith("SELECT") and not many:
            found.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", remember)
    yield found
    event.remove(db.engine, "before_cursor_execute", remember)


def slow(statement: str, parameters: Any) -> list[str]:
    """Where SQLite would look through a whole large table, or sort it."""
    with db.engine.connect() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    is_first = "LIMIT" in statement and "WHERE" not in statement  # the first of all, in the order they lie in
    scans = [step for step in plan if re.fullmatch(rf"SCAN ({'|'.join(LARGE)})", step) and not is_first]
    is_large = any(table in step for step in plan for table in LARGE)
    sorts = [step for step in plan if "TEMP B-TREE FOR ORDER BY" in step and is_large and "GROUP BY" not in statement]
    return [f"{step}: {statement}" for step in [*scans, *sorts]]


def entries(page: str) -> int:
    return page.count('<li class="entry">')


@pytest.mark.parametrize("name", LISTS)
def test_a_long_list_has_pages_that_show_all_of_it_once(head: Person, tablet: Tablet, name: str):
    where, fill, word = LISTS[name]
    before = entries(head.get(where).text)
    with writing():
        fill(tablet)
    pages = [head.get(f"{where}?{word}={number}").text for number in (1, 2, 3)]
    assert [entries(page) for page in pages] == [A_PAGE, A_PAGE, before + MANY - 2 * A_PAGE]
    assert f'href="?{word}=2' in pages[0]
    assert f'href="?{word}=1' in pages[1]
    assert f'href="?{word}=4' not in pages[2]
    for odd in ("0", "-1", "99", "x", "9" * 30, "\ud800", "1e9", ""):
        assert entries(head.client.get(where, query_string={word: odd.encode(errors="surrogatepass")}).text) == A_PAGE


@pytest.mark.parametrize(
    "where",
    [
        *sorted({where for where, _, _ in LISTS.values()}),
        *(f"/office/audit{q}" for q in ("", "?person=head", "?event=x")),
    ],
)
def test_no_page_reads_or_sorts_a_whole_large_table(head: Person, tablet: Tablet, where: str):
    with writing():
        _aside(tablet)
        _refused(tablet)
    head.get(where)
    with asked() as statements:
        assert head.get(where).status_code == 200
    assert [step for statement in statements for step in slow(*statement)] == []


def test_the_trail_goes_on_page_by_page(head: Person, tablet: Tablet):
    with writing():
        _audit(tablet)
    page, seen = head.get("/office/audit").text, 0
    while found := re.search(r'href="(/office/audit\?before=\d+[^"]*)"', page):
        seen += entries(page)
        page = head.get(found[1].replace("&amp;", "&")).text
    assert seen + entries(page) >= 2 * 107


@pytest.mark.parametrize(
    "body",
    [
        {"note": "x" * 200_000},
        {f"key {n}": n for n in range(8_000)},
        {"student": ["x"] * 30_000},
        {"y" * 200_000: None},
    ],
    ids=["a long text", "many things", "a long list", "a long name"],
)
def test_an_entry_however_long_is_told_in_a_line(head: Person, tablet: Tablet, body: dict[str, Any]):
    for n in range(1, 11):
        tablet.push([tablet.record("score.record", body) | {"n": n}])
    page = head.get("/office/attention").text
    assert entries(page) == 10
    assert len(page) < 60_000


@pytest.mark.parametrize(("fill", "kind"), [(_aside, "quarantine.settle"), (_refused, "refusal.settle")])
def test_all_of_a_tablet_is_dealt_with_by_one_press(head: Person, tablet: Tablet, fill: Any, kind: str):
    with writing():
        fill(tablet)
    page = head.get("/office/attention").text
    assert f"Done with all {MANY} from" in page
    assert head.post("/office/attention/tablet", kind=kind, tablet=tablet.device).status_code == 303
    assert "Nothing needs attention" in head.get("/office/attention").text


def test_all_of_a_tablet_is_accepted_by_one_press(head: Person, tablet: Tablet):
    for mark in (1, 2, 3):
        tablet.mark(1, 1, mark)
    head.post(f"/office/tablets/{tablet.device}/revoke")
    tablet.push()
    assert "Accept all 3 from" in head.get("/office/attention").text
    head.post("/office/attention/tablet", kind="quarantine.accept", tablet=tablet.device)
    page = head.get("/office/attention").text
    assert "Accept" not in page


@pytest.mark.parametrize(
    "form", [{}, {"kind": "x"}, {"kind": "refusal.settle"}, {"kind": "quarantine.accept", "tablet": "\0"}]
)
def test_an_odd_form_settles_nothing(head: Person, tablet: Tablet, form: dict[str, str]):
    with writing():
        _refused(tablet)
    assert head.post("/office/attention/tablet", **form).status_code == 303
    assert entries(head.get("/office/attention").text) == A_PAGE
