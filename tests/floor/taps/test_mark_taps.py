from typing import Any

from tests.floor.rows import NOW, make_lesson, make_own, make_score, make_student, make_tables, make_viewer
from webapp.domain.wire.tables import Tables
from webapp.floor.both.taps import marks

TAPPED = {"lesson": "7"}


def tables_with(*scores: Any, students: int = 2) -> Tables:
    people = [make_student(n) for n in range(1, students + 1)]
    return make_tables(lessons=[make_lesson()], students=people, scores=list(scores))


def mark(tables: Tables, student: str, value: str) -> list[Any]:
    return marks.mark(tables, make_viewer(), NOW, TAPPED, {"student": student, "mark": value})


def undo(tables: Tables, *own: Any) -> list[Any]:
    return marks.undo(tables, make_viewer(own=list(own)), NOW, TAPPED, {})


def test_a_first_mark_replaces_nothing() -> None:
    body = {"student": "1", "lesson": "7", "mark": 4, "was": None}
    assert mark(tables_with(), "1", "4") == [{"kind": "score.record", "body": body}]


def test_a_correction_names_the_mark_that_was_shown() -> None:
    (draft,) = mark(tables_with(make_score(1, 7, 3, op="d2.x.9")), "1", "")
    assert (draft["body"]["mark"], draft["body"]["was"], draft["replaces"]) == (None, 3, "d2.x.9")


def test_pressing_the_pressed_mark_does_nothing() -> None:
    assert mark(tables_with(make_score(1, 7, 3)), "1", "3") == []
    assert mark(tables_with(), "1", "") == []


def test_marks_and_students_that_do_not_exist_record_nothing() -> None:
    for student, value in (("1", "6"), ("1", "4.0"), ("1", "None"), ("9", "4"), ("", "4")):
        assert mark(tables_with(), student, value) == []
    assert marks.mark(tables_with(), make_viewer(), NOW, {"lesson": "8"}, {"student": "1", "mark": "4"}) == []
    assert marks.mark(tables_with(), make_viewer(), NOW, TAPPED, {}) == []


def test_all_active_leaves_marks_and_codes_alone() -> None:
    tables = tables_with(make_score(1, 7, 0), make_score(2, 7, "exempt"), make_score(3, 7, None), students=4)
    drafts = marks.mark_all(tables, make_viewer(), NOW, TAPPED, {})
    assert [(draft["body"]["student"], draft["body"]["mark"]) for draft in drafts] == [("3", 3), ("4", 3)]
    assert [draft.get("replaces") for draft in drafts] == ["d1.abc.3", None]


def test_undo_takes_back_the_last_tap_only() -> None:
    own = [make_own(1, 1, 4), make_own(2, 2, 5, was=3)]
    (draft,) = undo(tables_with(make_score(1, 7, 4), make_score(2, 7, 5)), *own)
    body = {"student": "2", "lesson": "7", "mark": 3, "was": 5, "undo": True}
    assert draft == {"kind": "score.record", "body": body, "replaces": "d1.abc.2"}


def test_undo_takes_back_a_whole_class_marked_by_one_tap() -> None:
    own = [make_own(n, n, 3, wall="one tap") for n in (1, 2)]
    drafts = undo(tables_with(make_score(1, 7, 3), make_score(2, 7, 3)), *own)
    assert [draft["body"]["student"] for draft in drafts] == ["2", "1"]


def test_undo_after_undo_goes_one_tap_further_back() -> None:
    own = [make_own(1, 1, 4), make_own(2, 1, 5, was=4), make_own(3, 1, 4, undo=True, replaces="d1.abc.2")]
    (draft,) = undo(tables_with(make_score(1, 7, 4, op="d1.abc.3")), *own)
    assert (draft["body"]["mark"], draft["replaces"]) == (None, "d1.abc.1")


def test_undo_leaves_what_somebody_else_has_changed_since() -> None:
    assert undo(tables_with(make_score(1, 7, 2, op="d2.x.1", by="ben")), make_own(1, 1, 4)) == []


def test_undo_does_not_reach_into_other_days() -> None:
    yesterday = "2026-03-02T23:59:00.000Z"
    assert undo(tables_with(make_score(1, 7, 4, at=yesterday)), make_own(1, 1, 4)) == []
    own = [make_own(1, 1, 3, wall=yesterday), make_own(2, 1, 4, was=3)]
    standing = tables_with(make_score(1, 7, 4, op="d1.abc.2"))
    assert [draft["replaces"] for draft in undo(standing, *own)] == ["d1.abc.2"]
    undone = tables_with(make_score(1, 7, 3, op="d1.abc.3"))
    assert undo(undone, *own, make_own(3, 1, 3, undo=True, replaces="d1.abc.2")) == []


def test_undo_leaves_other_peoples_other_lessons_and_refused_marks_alone() -> None:
    tables = tables_with(make_score(1, 7, 4))
    for other in ({"by": "ben"}, {"lesson": "8"}, {"kind": "reward.cap"}):
        assert undo(tables, make_own(1, 1, 4, **other)) == []
    refused: Any = tables | {"refusals": {"d1.abc.1": {}}}
    assert undo(refused, make_own(1, 1, 4)) == []
    assert len(undo(tables, make_own(1, 1, 4))) == 1


def test_only_a_refused_entry_can_be_settled() -> None:
    tables = make_tables(refusals=[{"id": "d1.abc.4"}])
    settled = [{"kind": "refusal.settle", "body": {"operation": "d1.abc.4"}}]
    assert marks.settle(tables, make_viewer(), NOW, {}, {"operation": "d1.abc.4"}) == settled
    assert marks.settle(tables, make_viewer(), NOW, {}, {"operation": "d1.abc.5"}) == []


def test_all_active_leaves_out_whoever_is_part_time() -> None:
    students = [make_student(1, part_time=[[2, "2", "2026-03-01", None]]), make_student(2)]
    drafts = marks.mark_all(make_tables(lessons=[make_lesson()], students=students), make_viewer(), NOW, TAPPED, {})
    assert [draft["body"]["student"] for draft in drafts] == ["2"]
