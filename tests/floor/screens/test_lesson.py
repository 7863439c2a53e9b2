from typing import Any

from tests.floor.rows import NOW, make_lesson, make_own, make_score, make_student, make_tables, make_viewer
from webapp.domain.wire.tables import Tables
from webapp.floor.both.screens import lesson


def shown(tables: Tables, **viewer: Any) -> lesson.Context:
    found = lesson.context(tables, make_viewer(**viewer), NOW, {"lesson": "7"})
    assert found is not None
    return found


def test_header_says_what_is_taught_to_whom_and_when() -> None:
    chrome = shown(make_tables(lessons=[make_lesson()]))["chrome"]
    assert (chrome["title"], chrome["sub"]) == ("Maths · 8B", "Tue 3 March, period 2 · 10:00–10:50")


def test_students_stand_by_name_and_then_by_number() -> None:
    students = [make_student(10, "Bo"), make_student(9, "Bo"), make_student(11, "Al")]
    rows = shown(make_tables(lessons=[make_lesson()], students=students))["rows"]
    assert [row["id"] for row in rows] == ["11", "9", "10"]


def test_list_holds_the_group_of_that_day_and_whoever_was_marked() -> None:
    students = [
        make_student(1, joined="2026-03-03"),
        make_student(2, joined="2026-03-04"),
        make_student(3, left="2026-03-03"),
        make_student(4, left="2026-03-04"),
        make_student(5, group="9A"),
        make_student(6, group="9A"),
    ]
    found = shown(make_tables(lessons=[make_lesson()], students=students, scores=[make_score(6, 7, 3)]))
    assert sorted(row["id"] for row in found["rows"]) == ["1", "4", "6"]
    assert found["marked"] == "1 of 3 marked"


def test_the_mark_that_stands_is_pressed() -> None:
    (row,) = shown(make_tables(lessons=[make_lesson()], students=[make_student()], scores=[make_score(1, 7, 4)]))[
        "rows"
    ]
    assert [button["mark"] for button in row["marks"]] == ["5", "4", "3", "2", "1", "0"]
    assert [button["mark"] for button in row["marks"] + row["codes"] if button["pressed"]] == ["4"]


def test_note_is_the_mean_of_the_week_so_far_cut_after_two_decimals() -> None:
    lessons = [make_lesson(), make_lesson(8, "2026-03-02", "1"), make_lesson(9, "2026-03-02", "3")]
    scores = [make_score(1, 7, 5), make_score(1, 8, 4), make_score(1, 9, 5)]
    (row,) = shown(make_tables(lessons=lessons, students=[make_student()], scores=scores))["rows"]
    assert row["note"] == "4.66 this week"


def test_marks_of_other_weeks_do_not_count_in_the_note() -> None:
    lessons = [make_lesson(), make_lesson(8, "2026-02-27")]
    (row,) = shown(make_tables(lessons=lessons, students=[make_student()], scores=[make_score(1, 8, 4)]))["rows"]
    assert row["note"] == "No mark this week"


def test_no_mean_is_given_where_part_of_the_week_is_out_of_reach() -> None:
    lessons = [make_lesson(7, "2026-02-18"), make_lesson(8, "2026-02-17")]
    scores = [make_score(1, 7, 4), make_score(1, 8, 5)]
    (row,) = shown(make_tables(lessons=lessons, students=[make_student()], scores=scores))["rows"]
    assert row["note"] == "No mark this week"


def test_code_takes_the_place_of_the_mean() -> None:
    tables = make_tables(lessons=[make_lesson()], students=[make_student()], scores=[make_score(1, 7, "authorised")])
    (row,) = shown(tables)["rows"]
    assert (row["note"], row["letter"]) == ("Authorised absence", "A")


def test_who_marked_last_is_named_with_the_time() -> None:
    scores = [make_score(1, 7, 4), make_score(2, 7, 3, by="ben", at="2026-03-03T10:20:00.000Z")]
    tables = make_tables(lessons=[make_lesson()], students=[make_student(1), make_student(2)], scores=scores)
    assert shown(tables)["last"] == "Last by Ada, 10:21"


def test_lesson_outside_two_weeks_is_not_shown() -> None:
    for day, found in (("2026-02-17", True), ("2026-02-16", False), ("2026-03-17", True), ("2026-03-18", False)):
        tables = make_tables(lessons=[make_lesson(7, day)])
        assert (lesson.context(tables, make_viewer(), NOW, {"lesson": "7"}) is not None) == found


def test_undo_says_what_it_takes_back() -> None:
    own = [make_own(1, 1, 4)]
    tables = make_tables(lessons=[make_lesson()], students=[make_student()], scores=[make_score(1, 7, 4)])
    assert shown(tables, own=own)["undo"] == "Zoë Okafor: Creative, 4"
    assert shown(tables)["undo"] == ""


def test_all_active_is_offered_while_somebody_has_no_mark() -> None:
    tables: Any = make_tables(lessons=[make_lesson()], students=[make_student()])
    assert shown(tables)["all"]
    assert not shown(tables | {"scores": {"1.7": make_score(1, 7, "exempt")}})["all"]


AWAY = [[2, "2", "2026-03-01", None]]


def test_whoever_is_part_time_is_not_expected() -> None:
    students = [make_student(1, part_time=AWAY), make_student(2)]
    found = shown(make_tables(lessons=[make_lesson()], students=students, scores=[make_score(2, 7, 4)]))
    notes = {row["id"]: row["note"] for row in found["rows"]}
    assert notes == {"1": "Not in school for this lesson", "2": "4.00 this week"}
    assert (found["marked"], found["all"]) == ("1 of 1 marked", False)


def test_whoever_turns_up_all_the_same_can_be_marked_and_counts() -> None:
    tables = make_tables(lessons=[make_lesson()], students=[make_student(part_time=AWAY)], scores=[make_score(1, 7, 5)])
    found = shown(tables)
    assert (found["rows"][0]["note"], found["marked"]) == ("5.00 this week", "1 of 1 marked")


def test_a_part_time_timetable_holds_from_its_first_day_to_its_last() -> None:
    for first, last, away in (
        ("2026-03-03", "2026-03-03", True),
        ("2026-03-04", None, False),
        ("2026-02-01", "2026-03-02", False),
    ):
        students = [make_student(part_time=[[2, "2", first, last]])]
        (row,) = shown(make_tables(lessons=[make_lesson()], students=students))["rows"]
        assert (row["note"] == "Not in school for this lesson") == away


def test_marks_of_students_who_are_gone_are_not_counted() -> None:
    scores = [make_score(1, 7, 4), make_score(9, 7, 4)]
    assert (
        shown(make_tables(lessons=[make_lesson()], students=[make_student()], scores=scores))["marked"]
        == "1 of 1 marked"
    )
