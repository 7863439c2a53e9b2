from datetime import date

from webapp.domain.time.changes import Changes, compare

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def slot(day: date = MONDAY, group: str = "8B") -> tuple[date, str, str]:
    return day, "1", group


def test_lessons_appear_go_and_become_others() -> None:
    before = {slot(): "Maths", slot(TUESDAY): "Maths", slot(MONDAY, "9H"): "Art"}
    after = {slot(): "Art", slot(TUESDAY, "9H"): "Art", slot(MONDAY, "9H"): "Art"}
    assert compare(before, after, []) == Changes(appear=(TUESDAY,), go=(TUESDAY,), change=(MONDAY,))


def test_a_lesson_that_is_no_longer_planned_and_still_there_is_kept() -> None:
    there = {slot(): "Maths"}
    assert compare(there, there, [slot(), slot(TUESDAY)]) == Changes(keep=(MONDAY,))


def test_where_nothing_changes_there_is_nothing_to_say() -> None:
    assert not compare({slot(): "Maths"}, {slot(): "Maths"}, [])
    assert list(Changes().words()) == []


def test_words_name_how_many_lessons_and_from_when_to_when() -> None:
    changes = Changes(appear=(MONDAY,), go=(MONDAY, MONDAY, TUESDAY), keep=(TUESDAY, TUESDAY))
    assert list(changes.words()) == [
        "1 lesson will be added, on Mon 2 March 2026.",
        "3 lessons will go, from Mon 2 March 2026 to Tue 3 March 2026. Nobody has marks in them.",
        "2 lessons with marks will stay as they are, on Tue 3 March 2026.",
    ]
