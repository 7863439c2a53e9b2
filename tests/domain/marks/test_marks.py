import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.marks.marks import (
    AUTHORISED,
    EXEMPT,
    counts,
    from_text,
    is_mark,
    to_text,
    why_not_counted,
)

NUMBERS: list[int | str | None] = [0, 1, 2, 3, 4, 5]
OTHERS: list[int | str | None] = [AUTHORISED, EXEMPT, None]


@pytest.mark.parametrize("mark", NUMBERS + OTHERS)
def test_every_mark_of_the_policy_is_a_mark(mark):
    assert is_mark(mark)


@pytest.mark.parametrize(
    "value", [-1, 6, True, False, 4.0, float("nan"), "4", "", "Authorised", "A", [], {}, ["exempt"], 10**30]
)
def test_nothing_else_is_a_mark(value):
    assert not is_mark(value)


@pytest.mark.parametrize("mark", NUMBERS)
def test_numbers_count_and_zero_is_one_of_them(mark):
    assert counts(mark)
    assert why_not_counted(mark) == ""


@pytest.mark.parametrize(
    ("mark", "why"), [("authorised", "authorised absence"), ("exempt", "exempt"), (None, "not marked")]
)
def test_absence_exemption_and_silence_do_not_count_and_say_why(mark, why):
    assert not counts(mark)
    assert why_not_counted(mark) == why


@given(st.sampled_from(NUMBERS + OTHERS))
def test_a_mark_survives_being_stored_as_text(mark):
    text = to_text(mark)
    assert text is None or isinstance(text, str)
    restored = from_text(text)
    assert restored == mark
    assert type(restored) is type(mark)


def test_no_mark_is_stored_as_no_text():
    assert to_text(None) is None
    assert [to_text(mark) for mark in (0, 5, "exempt")] == ["0", "5", "exempt"]


@pytest.mark.parametrize("text", ["", "6", "04", "4 ", "EXEMPT"])
def test_text_that_was_never_stored_is_an_error(text):
    with pytest.raises(KeyError):
        from_text(text)
