from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.marks.undo import Step, last_gesture

STUDENTS = ["ada", "ben", "cem"]


def tap(op, student="ada", was=None, wall=None):
    return Step(op, student, wall or f"10:0{op}", None, was)


def undo(op, step):
    return Step(op, step.student, f"undo {op}", step.op, None)


def ops(steps):
    return [step.op for step in last_gesture(steps)]


def test_before_any_mark_there_is_nothing_to_undo():
    assert last_gesture([]) == ()


def test_undo_takes_back_the_last_tap():
    assert ops([tap("1"), tap("2", "ben")]) == ["2"]


def test_undo_restores_the_mark_that_was_shown():
    assert last_gesture([tap("1", was=4)])[0].was == 4


def test_a_tap_that_marked_the_whole_class_is_taken_back_whole():
    everyone = [tap(str(n), student, wall="10:05") for n, student in enumerate(STUDENTS, start=2)]
    assert sorted(ops([tap("1"), *everyone])) == ["2", "3", "4"]


def test_the_next_undo_takes_back_the_tap_before():
    first, second = tap("1"), tap("2", "ben")
    assert ops([first, second, undo("3", second)]) == ["1"]


def test_an_undo_is_not_itself_undone():
    only = tap("1")
    assert ops([only, undo("2", only)]) == []


def test_a_mark_made_after_an_undo_is_undone_first():
    first = tap("1")
    assert ops([first, undo("2", first), tap("3", was=None)]) == ["3"]


def test_a_whole_class_half_taken_back_can_still_be_finished():
    both = [tap("1", "ada", wall="10:05"), tap("2", "ben", wall="10:05")]
    assert ops([*both, undo("3", both[0])]) == ["2"]


def test_an_earlier_tap_at_the_same_clock_time_is_left_alone():
    clock_went_back = [tap("1", wall="10:05"), tap("2", wall="10:06"), tap("3", wall="10:05")]
    assert ops(clock_went_back) == ["3"]


def test_two_marks_on_one_student_in_one_tap_are_taken_back_latest_first():
    assert ops([tap("1", was=None, wall="10:05"), tap("2", was=3, wall="10:05")]) == ["2", "1"]


GESTURES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(STUDENTS), min_size=1, max_size=4),
        st.sampled_from([0, 3, 5, "authorised", "exempt", None]),
        st.integers(0, 2),
    ),
    max_size=6,
)


class Screen:
    """A lesson as its teacher sees it: the marks shown, every step made, the screens there were before."""

    def __init__(self):
        self.marks = {}
        self.steps = []
        self.past = []

    def tap(self, students, mark):
        self.past.append(dict(self.marks))
        wall = f"wall {len(self.steps)}"
        for student in students:
            self.steps.append(Step(self.next_op(), student, wall, None, self.marks.get(student)))
            self.marks[student] = mark

    def undo(self):
        taken_back = last_gesture(self.steps)
        wall = f"wall {len(self.steps)}"
        for step in taken_back:
            self.steps.append(Step(self.next_op(), step.student, wall, step.op, self.marks.get(step.student)))
            self.marks[step.student] = step.was
        return taken_back

    def shown(self, marks):
        return {student: mark for student, mark in marks.items() if mark is not None}

    def next_op(self):
        return f"op {len(self.steps)}"


@given(GESTURES)
def test_each_undo_shows_the_screen_before_and_the_last_one_the_start(gestures):
    screen = Screen()
    for students, mark, undos in gestures:
        screen.tap(students, mark)
        for _ in range(min(undos, len(screen.past))):
            screen.undo()
            assert screen.shown(screen.marks) == screen.shown(screen.past.pop())
    while screen.past:
        screen.undo()
        assert screen.shown(screen.marks) == screen.shown(screen.past.pop())
    assert screen.shown(screen.marks) == {}
    assert screen.undo() == ()
