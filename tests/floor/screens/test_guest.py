"""Who may be added to a lesson: found by name, once, and never somebody who is on its list."""

from tests.floor.rows import NOW, make_lesson, make_membership, make_student, make_tables, make_viewer
from webapp.floor.both.effects import effects_of
from webapp.floor.both.screens import guest, lesson
from webapp.floor.both.taps.marks import invite

ZOE, SIAN = make_student(1), make_student(2, "Siân Powell", group="9H")
PARAMS = {"lesson": "7"}


def test_a_guest_is_found_added_and_on_the_list_at_once() -> None:
    tables = make_tables(students=[ZOE, SIAN], lessons=[make_lesson()])
    shown = guest.context(tables, make_viewer(), NOW, PARAMS | {"name": "powell sian"})
    assert shown is not None
    assert [(row["id"], row["group"]) for row in shown["names"]] == [("2", "9H")]
    (draft,) = invite(tables, make_viewer(), NOW, PARAMS, {"student": "2"})
    assert draft == {"kind": "lesson.guest", "body": {"lesson": "7", "student": "2"}}
    ((_, _, row),) = effects_of(draft | {"by": "ada"}, "d1.abc.1", tables)  # type: ignore[arg-type]
    after = make_tables(students=[ZOE, SIAN], lessons=[row])  # type: ignore[list-item]
    said = lesson.context(after, make_viewer(), NOW, PARAMS)
    assert said is not None
    assert ([one["id"] for one in said["rows"]], said["marked"]) == (["2", "1"], "0 of 2 marked")
    assert invite(after, make_viewer(), NOW, PARAMS, {"student": "2"}) == []


def test_a_lists_goes_by_the_lessons_own_day() -> None:
    moved = [make_membership(1, until="2026-03-02"), make_membership(1, "9H") | {"id": "3", "from": "2026-03-03"}]
    lessons = [make_lesson(7), make_lesson(8, "2026-03-02")]
    tables = make_tables(students=[ZOE], memberships=moved, lessons=lessons)
    shown = [lesson.context(tables, make_viewer(), NOW, {"lesson": one["id"]}) for one in lessons]
    assert [one and one["marked"] for one in shown] == ["0 of 0 marked", "0 of 1 marked"]
