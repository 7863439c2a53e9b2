from datetime import timedelta

from flask.testing import FlaskClient

from tests.floor.requests import body
from tests.floor.rows import NOW, make_lesson, make_score, make_student, make_tables, make_viewer
from webapp.domain.wire.tables import Tables
from webapp.floor.both.screens import today


def shown(tables: Tables, minutes: int = 0, **params: str) -> today.Context:
    found = today.context(tables, make_viewer(), NOW + timedelta(minutes=minutes), params)
    assert found is not None
    return found


def periods(found: today.Context) -> list[tuple[str, str]]:
    return [(card["period"], card["flag"]) for card in found["mine"]]


DAY = [make_lesson(3, period="3"), make_lesson(1, period="1"), make_lesson(2, period="2"), make_lesson(4, period="4")]


def test_the_lesson_that_is_on_now_comes_first() -> None:
    assert periods(shown(make_tables(lessons=DAY))) == [("2", "Now"), ("1", ""), ("3", ""), ("4", "")]


def test_between_lessons_the_next_one_comes_first() -> None:
    assert periods(shown(make_tables(lessons=DAY), minutes=33)) == [("3", "Next"), ("1", ""), ("2", ""), ("4", "")]


def test_after_school_lessons_stand_in_order() -> None:
    assert periods(shown(make_tables(lessons=DAY), minutes=600)) == [("1", ""), ("2", ""), ("3", ""), ("4", "")]


def test_another_day_has_no_now() -> None:
    found = shown(make_tables(lessons=DAY), date="2026-03-03", minutes=-24 * 60)
    assert periods(found) == [("1", ""), ("2", ""), ("3", ""), ("4", "")]
    assert found["chrome"]["title"] == "Tuesday 3 March"


def test_other_peoples_lessons_are_under_every_lesson() -> None:
    lessons = [make_lesson(1), make_lesson(2, staff="ben", group="9A"), make_lesson(3, period="3", staff="ben")]
    found = shown(make_tables(lessons=lessons))
    assert [card["url"] for card in found["mine"]] == ["/lesson/1"]
    assert [(group["period"], len(group["lessons"])) for group in found["everyone"]] == [("2", 2), ("3", 1)]


def test_cards_say_how_many_are_marked() -> None:
    tables = make_tables(
        lessons=[make_lesson()],
        students=[make_student(1), make_student(2)],
        scores=[make_score(1, 7, "exempt"), make_score(2, 7, None)],
    )
    (card,) = shown(tables)["mine"]
    assert (card["marked"], card["done"]) == ("1 of 2 marked", False)


def test_arrows_lead_to_the_nearest_days_with_lessons() -> None:
    lessons = [make_lesson(1, "2026-02-27"), make_lesson(2), make_lesson(3, "2026-03-10"), make_lesson(4, "2026-02-20")]
    found = shown(make_tables(lessons=lessons))
    assert found["before"] == [{"url": "/day/2026-02-27", "words": "Fri 27 February"}]
    assert found["after"] == [{"url": "/day/2026-03-10", "words": "Tue 10 March"}]


def test_a_day_without_lessons_shows_the_next_that_has_some() -> None:
    found = shown(make_tables(lessons=[make_lesson(1, "2026-03-09")]))
    assert found["notice"] == "No lessons today. Next: Mon 9 March"
    assert [card["url"] for card in found["mine"]] == ["/lesson/1"]


def test_a_day_without_lessons_before_or_after_says_so() -> None:
    found = shown(make_tables())
    assert found["notice"] == "No lessons today. There are none in the two weeks after either."


def test_the_page_of_a_day_without_lessons_names_the_next(client: FlaskClient) -> None:
    assert "No lessons on this day. Next: Tue 3 March" in body(client, "/day/2026-02-28")


def test_days_out_of_reach_or_out_of_the_calendar_are_not_shown() -> None:
    tables = make_tables(lessons=[make_lesson(1, "2026-03-18")])
    for day in ("2026-03-18", "2026-02-16", "2026-02-30", "today"):
        assert today.context(tables, make_viewer(), NOW, {"date": day}) is None
    assert shown(tables)["after"] == []


def test_a_lesson_of_two_is_both_peoples_and_says_where_and_with_whom() -> None:
    shared = make_lesson(1, staff="ben", staff_all=["ben", "ada"], covered=[], room="12", week="B")
    vacant = make_lesson(2, staff="", staff_all=[], covered=[], room=None, week="B")
    covering = make_lesson(3, period="4", staff="ada", staff_all=["ada"], covered=["ben"], room=None, week="B")
    found = shown(make_tables(lessons=[shared, vacant, covering]))
    assert [(card["url"], card["note"], card["room"]) for card in found["mine"]] == [
        ("/lesson/1", "with Ben", "room 12"),
        ("/lesson/3", "for Ben", ""),
    ]
    everyone = [card["staff"] for group in found["everyone"] for card in group["lessons"]]
    assert everyone == ["Ben and Ada", "Nobody yet", "Ada, for Ben"]
    assert found["chrome"]["sub"] == "Today · Week B"
