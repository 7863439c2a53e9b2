import dataclasses

import pytest

from webapp.domain.refusal import Refusal


def test_a_refusal_is_a_value_that_cannot_be_changed():
    refusal = Refusal("no-such-lesson", "This lesson is not on the timetable any more.")
    assert refusal == Refusal("no-such-lesson", "This lesson is not on the timetable any more.")
    with pytest.raises(dataclasses.FrozenInstanceError):
        refusal.reason = "other"
