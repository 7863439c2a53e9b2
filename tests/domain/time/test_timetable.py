"""Who would be in two places at once."""

from webapp.domain.time.timetable import Taught, at_once

MATHS = Taught(1, "1", "8B", "Maths", ("ada",))


def test_one_person_with_two_groups_in_one_period_is_found():
    art = Taught(1, "1", "9H", "Art", ("ada",))
    assert at_once([MATHS, art]) == {(1, "1", ("ada",)): [MATHS, art]}


def test_another_person_period_or_weekday_is_no_clash():
    others = [MATHS._replace(group="9H", **change) for change in ({"staff": ("wit",)}, {"period": "2"}, {"weekday": 2})]
    assert at_once([MATHS, *others]) == {}
