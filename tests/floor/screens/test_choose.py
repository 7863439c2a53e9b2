from datetime import timedelta
from typing import Any

from tests.floor.rows import NOW, make_ask, make_lesson, make_stay, make_student, make_tables, make_viewer
from webapp.domain.time.moment import instant
from webapp.floor.both.parts.spaces import APART
from webapp.floor.both.screens import choose, student


def shown(space: str = "hazel", **rows: Any) -> choose.Context:
    found = choose.context(make_tables(**rows), make_viewer(), NOW, {"space": space})
    assert found is not None
    return found


def names(section: choose.Section) -> list[str]:
    return [student["name"] for student in section["students"]]


def test_a_space_that_is_not_there_has_no_page() -> None:
    assert choose.context(make_tables(), make_viewer(), NOW, {"space": "attic"}) is None


def test_the_students_of_my_lesson_come_first() -> None:
    people = [make_student(1), make_student(2, "Ali Aziz", group="9A", year=9)]
    found = shown(students=people, lessons=[make_lesson(staff="ada")])
    assert [(part["name"], names(part)) for part in found["mine"]] == [("Maths · 8B", ["Zoë Okafor"])]
    assert [(part["name"], names(part)) for part in found["groups"]] == [("8B", ["Zoë Okafor"]), ("9A", ["Ali Aziz"])]


def test_between_lessons_my_next_one_counts_and_a_colleagues_never() -> None:
    def mine(*lessons: Any) -> list[str]:
        return [part["name"] for part in shown(lessons=list(lessons))["mine"]]

    assert mine(make_lesson(1, period="1"), make_lesson(2, period="3", subject="Art")) == ["Art · 8B"]
    assert mine(make_lesson(1, period="1"), make_lesson(2, staff="ben")) == []


def test_groups_of_the_key_stage_of_the_space_come_first() -> None:
    people = [make_student(1, group="10C", year=10, key_stage=4), make_student(2), make_student(3, group="7A", year=7)]
    assert [part["name"] for part in shown(students=people)["groups"]] == ["7A", "8B", "10C"]
    assert [part["name"] for part in shown("oak", students=people)["groups"]] == ["10C", "7A", "8B"]


def test_who_left_the_school_is_not_offered() -> None:
    assert shown(students=[make_student(left="2026-03-03")])["groups"] == []


def test_a_taken_space_can_be_waited_for() -> None:
    assert shown()["chrome"]["title"] == "Ask for Hazel"
    assert shown(stays=[make_stay()])["chrome"]["title"] == "Wait for Hazel"


def notes(**rows: Any) -> list[str]:
    found = shown(students=[make_student(1), make_student(2, "Ali Aziz")], **rows)
    return [student["note"] for student in found["groups"][0]["students"]]


def test_a_student_kept_apart_is_marked_beside_somebody_who_is_next_door() -> None:
    apart = [{"id": "d2.xyz.40", "students": ["2", "1"]}]
    in_chestnut = "In Chestnut since 10:07"
    assert notes(apart=apart, stays=[make_stay(space="chestnut")]) == [APART, in_chestnut]
    assert notes(apart=apart, asks=[make_ask(space="hazel")]) == [APART, "Asked for Hazel"]
    assert notes(apart=apart, stays=[make_stay(space="oak")]) == ["", "In Oak since 10:07"]
    assert notes(apart=apart, asks=[make_ask(space="hazel", status="waiting")]) == ["", "Waiting for Hazel"]
    assert notes(stays=[make_stay(space="chestnut")]) == ["", in_chestnut]


def spaces_for(number: str, **rows: Any) -> student.Context:
    people = [make_student(1), make_student(2, "Ali Aziz", key_stage=4, year=10)]
    found = student.context(make_tables(students=people, **rows), make_viewer(), NOW, {"student": number})
    assert found is not None
    return found


def test_the_nearest_space_comes_first_and_a_free_one_before_one_that_is_taken() -> None:
    taken = {"stays": [make_stay(space="chestnut", student="2")]}
    assert [space["label"] for space in spaces_for("1", **taken)["spaces"]] == [
        "Ask for Hazel",
        "Wait for Chestnut",
        "Ask for Oak",
    ]
    assert [space["id"] for space in spaces_for("2")["spaces"]] == ["oak", "chestnut", "hazel"]


def test_a_student_who_has_a_space_is_not_offered_another() -> None:
    (stands,) = spaces_for("1", stays=[make_stay()])["stands"]
    assert (stands["words"], stands["url"]) == ("In Hazel since 10:07", "/stay/d2.xyz.5")
    (stands,) = spaces_for("1", asks=[make_ask(status="asked", until=None)])["stands"]
    assert (stands["words"], stands["url"]) == ("Asked for Hazel — radio it", "/spaces")


def test_a_stay_of_another_day_keeps_nobody_from_asking() -> None:
    assert spaces_for("1", stays=[make_stay(entered=instant(NOW - timedelta(days=1)))])["stands"] == []
