"""Who would be in two places at once."""

from webapp.domain.time.timetable import Taught, at_once

MATHS = Taught(1, "1", "8B", "Maths", ("ada",))


def test_one_person_with_two_groups_in_one_period_is_found_in_the_weeks_that_have_both():
    art = Taught(1, "1", "9H", "Art", ("wit", "ada"))
    assert at_once([MATHS, art]) == {(week, 1, "1", "ada"): [MATHS, art] for week in "AB"}
    assert list(at_once([MATHS, art._replace(week="B")])) == [("B", 1, "1", "ada")]
    assert at_once([MATHS._replace(week="A"), art._replace(week="B")]) == {}


def test_another_person_period_or_weekday_is_no_clash():
    others = [MATHS._replace(group="9H", **change) for change in ({"staff": ("wit",)}, {"period": "2"}, {"weekday": 2})]
    assert at_once([MATHS, *others]) == {}
