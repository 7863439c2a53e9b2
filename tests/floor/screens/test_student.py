from typing import Any

from tests.floor.rows import NOW, make_lesson, make_score, make_student, make_tables, make_viewer
from webapp.floor.both.screens import student

MARKS = [[["1", 4], ["10", 5]], [["2", "exempt"], ["1", 4]], [], [], [], [], []]


def level(earned: str | None = "heroic", **other: Any) -> dict[str, Any]:
    row = {"id": "1.2026-W10", "student": "1", "week": "2026-W10", "earned": earned, "from_week": "2026-W09"}
    return row | {"mean": [13, 3], "marks": MARKS} | other


def cap(name: str = "creative", start: str = "2026-03-02", **other: Any) -> dict[str, Any]:
    row = {"id": f"{name}.{start}", "student": "1", "cap": name, "from": start, "until": "2026-03-06"}
    return row | {"by": "ben", "lifted": None} | other


def shown(params: dict[str, str] | None = None, **rows: Any) -> student.Context:
    tables = make_tables(students=[make_student()], **rows)
    found = student.context(tables, make_viewer(), NOW, {"student": "1"} | (params or {}))
    assert found is not None
    return found


def test_level_is_what_the_week_has_earned() -> None:
    assert shown(levels=[level()])["level"] == {"name": "Heroic", "limit": ""}


def test_without_a_level_the_words_stay_neutral() -> None:
    assert shown()["level"] == {"name": "No level this week", "limit": ""}
    assert shown(levels=[level(None)])["level"]["name"] == "No level this week"


def test_a_cap_in_force_limits_the_level_and_says_until_when() -> None:
    found = shown(levels=[level()], caps=[cap()])
    assert found["level"] == {"name": "Creative", "limit": "Creative at most, until Fri 6 March"}


def test_a_cap_never_lifts_a_level() -> None:
    assert shown(levels=[level(None)], caps=[cap()])["level"]["name"] == "No level this week"


def test_the_strictest_cap_decides_and_the_longest_of_equals_is_named() -> None:
    caps = [cap(), cap("none"), cap("none", "2026-03-01", until="2026-03-09")]
    assert shown(levels=[level()], caps=caps)["level"] == {
        "name": "No level this week",
        "limit": "No level, until Mon 9 March",
    }


def test_a_cap_without_an_end_holds_until_it_is_lifted() -> None:
    assert shown(caps=[cap(until=None)])["level"]["limit"] == "Creative at most, until staff lift it"


def test_caps_ended_lifted_or_yet_to_come_change_nothing() -> None:
    caps = [cap(until="2026-03-02"), cap("none", lifted="2026-03-03"), cap("none", "2026-03-04")]
    assert shown(levels=[level()], caps=caps)["level"] == {"name": "Heroic", "limit": ""}


def test_week_is_a_grid_of_days_and_periods_in_the_order_of_the_day() -> None:
    lessons = [make_lesson(1, "2026-03-02", "2"), make_lesson(2, "2026-03-02", "1"), make_lesson(3, "2026-03-04", "3")]
    found = shown(lessons=lessons, scores=[make_score(1, 1, 4), make_score(1, 2, "exempt")])
    assert found["periods"] == ["1", "2", "3"]
    cells = {day["day"]: [[cell["text"] for cell in cells] for cells in day["cells"]] for day in found["days"]}
    assert cells == {"Mon 2": [["E"], ["4"], []], "Wed 4": [[], [], [""]]}
    assert (found["mean"], found["count"]) == ("4.00", "1 mark")


def test_unmarked_lessons_differ_from_lessons_to_come() -> None:
    lessons = [make_lesson(1, "2026-03-02"), make_lesson(2, "2026-03-04")]
    kinds = [cell["kind"] for day in shown(lessons=lessons)["days"] for cells in day["cells"] for cell in cells]
    assert kinds == ["none", "coming"]


def test_weeks_can_be_turned_as_far_as_they_are_whole() -> None:
    found = shown({"week": "2026-W09"})
    assert (found["before"], found["after"]) == ([], [{"url": "/student/1?week=2026-W10", "words": "Week of 2 March"}])
    tables = make_tables(students=[make_student()])
    for week in ("2026-W08", "2026-W13", "2026-W99", ""):
        assert student.context(tables, make_viewer(), NOW, {"student": "1", "week": week}) is None


def test_receipt_holds_every_mark_and_what_they_come_to() -> None:
    receipt = shown(levels=[level()])["receipt"]
    assert (receipt["week"], receipt["sum"], receipt["mean"]) == ("week of 23 February", "13 ÷ 3 marks", "4.33")
    assert receipt["periods"] == ["1", "2", "10"]
    assert [[cells[0]["text"] for cells in day["cells"]] for day in receipt["days"]] == [
        ["4", "–", "5"],
        ["4", "E", "–"],
    ]
    assert receipt["left_out"] == ["Tue 24 February, period 2, exempt"]


def test_receipt_names_thresholds_and_clauses() -> None:
    heroic, creative = shown(levels=[level()])["receipt"]["levels"]
    assert heroic == {"name": "Heroic", "from": "4.6", "clause": "4.1", "reached": False}
    assert creative == {"name": "Creative", "from": "4.0", "clause": "4.1", "reached": True}


def test_receipt_without_a_deciding_week_is_empty() -> None:
    empty = level(None, from_week=None, mean=[0, 0], marks=[])
    assert shown(levels=[empty])["receipt"] == shown()["receipt"]
    assert shown()["receipt"]["week"] == ""


def test_a_receipt_quotes_the_policy_of_its_week_even_if_the_tablet_was_offline_as_it_began() -> None:
    tables: Any = make_tables(students=[make_student()], levels=[level()])
    old = tables["school"]["school"]
    new = [rule | {"threshold": [13, 3]} for rule in old["levels"][:1]] + old["levels"][1:]
    versions = [{"week": "", "levels": old["levels"]}, {"week": "2026-W10", "levels": new}]
    versions.append({"week": "2026-W11", "levels": old["levels"]})
    tables = tables | {"school": {"school": old | {"versions": versions}}}
    found = student.context(tables, make_viewer(), NOW, {"student": "1"})
    assert found is not None
    assert [(rule["from"], rule["reached"]) for rule in found["receipt"]["levels"]] == [("4.333", True), ("4.0", True)]
