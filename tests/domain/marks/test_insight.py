"""Which means are of too few students to be shown."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.marks.insight import FEWEST_STUDENTS, Figure, hide_small
from webapp.domain.marks.mean import Mean


def figure(key: str, students: int, count: int = 20) -> Figure:
    return Figure((key,), Mean(4 * count, count), students)


def hidden(*figures: Figure) -> list[str]:
    return [found.key[0] for found in hide_small(figures) if found.hidden]


def test_a_mean_of_few_students_is_hidden_and_so_is_what_would_give_it_away():
    assert hidden(figure("Art", 12), figure("Music", 4), figure("Maths", 12, count=9)) == ["Music", "Maths"]


def test_two_small_ones_hide_each_other():
    assert hidden(figure("Art", 12), figure("Music", 4), figure("Drama", 1)) == ["Music", "Drama"]


def test_a_mean_alone_is_judged_by_itself():
    assert hidden(figure("Art", FEWEST_STUDENTS)) == []
    assert hidden(figure("Art", FEWEST_STUDENTS - 1)) == ["Art"]


@given(st.lists(st.integers(1, 12), max_size=8))
def test_no_single_figure_can_be_worked_out_from_the_rest(students: list[int]):
    figures = [figure(str(place), number, count=number) for place, number in enumerate(students)]
    found = hide_small(figures)
    assert [one.key for one in found] == [one.key for one in figures]
    small = [one for one in found if one.students < FEWEST_STUDENTS]
    assert all(one.hidden for one in small)
    gone = sum(one.hidden for one in found)
    assert gone != 1 or len(found) == 1
    assert gone <= max(len(small), 2 if small else 0)
