"""A mistake in the worker's own program: a plain page with words, nothing lost, and the school hears of it."""

import re
from pathlib import Path

from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.models import Device, Operation, db
from webapp.office.upkeep.tablets import page
from webapp.school import clock

ROOT = Path(__file__).parents[2]
SPOIL = """async ([from, to]) => {
  const opened = indexedDB.open("reachable", 1);
  await new Promise((resolve) => (opened.onsuccess = resolve));
  const transaction = opened.result.transaction("rows", "readwrite");
  const walk = transaction.objectStore("rows").openCursor();
  walk.onsuccess = () => {
    const cursor = walk.result;
    if (!cursor) return;
    cursor.update(cursor.value.replaceAll(`"${from}"`, `"${to}"`));
    cursor.continue();
  };
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  opened.result.close();
}"""
RECORD = """async (kind) => {
  const opened = indexedDB.open("reachable", 1);
  await new Promise((resolve) => (opened.onsuccess = resolve));
  const transaction = opened.result.transaction("operations", "readwrite");
  const operation = { n: 1, kind, by: "a.adeyemi", wall: "2026-03-03T10:21:00.000Z", at: "2026-03-03T10:21:00.000Z" };
  const body = { student: [1], lesson: { a: 1 }, space: null };
  transaction.objectStore("operations").add({ ...operation, body, base: 1, epoch: null });
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  opened.result.close();
}"""

REFUSE = """(refuses) => {
  self.adds ??= IDBObjectStore.prototype.add;
  const refuse = () => { throw new DOMException("no room", "QuotaExceededError"); };
  IDBObjectStore.prototype.add = refuses ? refuse : self.adds;
}"""


def spoil(tablet: Tablet, column: str) -> None:
    """The tablet holds rows in which a column has another name, as after a mistake in an update."""
    tablet.page.evaluate(SPOIL, [column, f"not-{column}"])
    tablet.stop_worker()


def test_a_screen_that_fails_says_so_and_keeps_what_was_recorded(tablet: Tablet, school: School, lesson: str) -> None:
    school.stop()
    tablet.mark(1, lesson, 4)
    spoil(tablet, "starts")
    for is_fragment in (True, False):
        answer = tablet.look("/today", is_fragment=is_fragment)
        assert (answer["status"], "That screen could not be shown" in answer["text"]) == (500, True)
        assert ("<html" in answer["text"]) != is_fragment
    assert "Name of the tablet" not in tablet.look("/waiting")["text"]
    assert [operation["kind"] for operation in tablet.operations] == ["score.record"]
    school.start()
    tablet.sync()
    assert db.session.query(Operation).filter_by(kind="score.record").count() == 1


def test_the_school_hears_of_it(tablet: Tablet, school: School, lesson: str) -> None:
    spoil(tablet, "starts")
    tablet.look("/today")
    tablet.tell_worker("sync")
    tablet.eventually(_remarks)
    [remark] = _remarks()
    assert "A screen could not be shown on it" in remark
    assert "GET /today: starts" in remark
    assert '"starts"' in line_of_python(remark), remark
    assert not tablet.meta["fault"]


def test_an_entry_of_a_kind_that_is_not_known_is_kept_sent_and_shown(
    tablet: Tablet, school: School, lesson: str
) -> None:
    """As after a rollback: a release before this one recorded it."""
    school.stop()
    tablet.page.evaluate(RECORD, "comet.sighted")
    tablet.stop_worker()
    assert tablet.look("/today")["status"] == 200
    assert "An entry of a kind that is not known here" in tablet.look("/waiting")["text"]
    school.start()
    tablet.sync()
    db.session.rollback()
    [operation] = db.session.query(Operation).filter_by(kind="comet.sighted")
    assert (operation.status, operation.reason) == ("refused", "unknown-kind")


def line_of_python(remark: str) -> str:
    """What stands in the line that a remark names."""
    named = re.search(r"\((webapp/floor/\S+\.py):(\d+)\)", remark)
    assert named, remark
    return (ROOT / named[1]).read_text().splitlines()[int(named[2]) - 1]


def test_what_cannot_be_stored_for_another_reason_is_a_mistake(tablet: Tablet, school: School, lesson: str) -> None:
    """Its number is taken, as by a worker that this one does not know of."""
    tablet.look("/today")
    tablet.page.evaluate(RECORD, "score.record")
    answer = tablet.mark(2, lesson, 3)
    assert (answer["status"], "look whether it is there" in answer["text"]) == (500, True)
    assert "Make room" not in answer["text"]
    assert len(tablet.operations) == 1
    tablet.eventually(_remarks)
    assert "POST /lesson/:lesson/mark" in _remarks()[0]


def test_a_full_disk_is_said_on_the_screen_and_at_the_desk_and_loses_nothing(
    tablet: Tablet, school: School, lesson: str
) -> None:
    """The browser refuses to store as it does when there is no room; it cannot be made full here."""
    tablet.mark(1, lesson, 4)
    tablet.sync()
    [worker] = tablet.context.service_workers
    worker.evaluate(REFUSE, True)
    answer = tablet.mark(2, lesson, 3)
    assert (answer["status"], "Make room on it, then try again." in answer["text"]) == (200, True)
    assert [operation["body"]["student"] for operation in tablet.operations] == ["1"]
    tablet.eventually(lambda: any("nearly full" in remark for remark in _all_remarks()))
    worker.evaluate(REFUSE, False)
    assert "Make room" not in tablet.mark(2, lesson, 3)["text"]
    tablet.sync()
    db.session.rollback()
    assert db.session.query(Operation).filter_by(kind="score.record").count() == 2
    tablet.eventually(lambda: not any("nearly full" in remark for remark in _all_remarks()))


def _remarks() -> list[str]:
    return [remark for remark in _all_remarks() if "could not be shown" in remark]


def _all_remarks() -> list[str]:
    db.session.rollback()
    device = db.session.query(Device).filter_by(name="Trolley 3").one()
    [shown] = [row for row in page(clock.now(), 1)["tablets"] if row["id"] == device.id]
    return list(shown["remarks"])
