"""At break and at lunch the worker's door answers what Flask's answers, for the same rows."""

import json
from datetime import datetime, time
from typing import Any

import pytest

from tests.floor.made_up import MadeUp
from tests.floor.test_screens_twin import ASK_CONTEXTS, ASK_TAPS, given
from tests.floor.twins import Twins
from webapp.clock import SCHOOL_ZONE
from webapp.floor import treat_taps
from webapp.floor.room import WORDS
from webapp.floor.screens import door, room

SEEDS = range(12)
PAUSES = (time(10, 40), time(12, 50), time(13, 29))


def at_a_pause(seed: int) -> MadeUp:
    school = MadeUp(seed)
    school.now = datetime.combine(school.today, PAUSES[seed % 3], SCHOOL_ZONE).astimezone(school.now.tzinfo)
    return school


def contexts(school: MadeUp) -> list[Any]:
    found = [door.context(school.tables, school.viewer, school.now, {"student": name}) for name in students(school)]
    return [room.context(school.tables, school.viewer, school.now, {}), *found]


def students(school: MadeUp) -> list[str]:
    return list(school.tables["students"])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_door_answers_alike(twins: Twins, seed: int) -> None:
    school = at_a_pause(seed)
    asked: list[Any] = [["/room", {}], *(["/room/:student", {"student": name}] for name in students(school))]
    theirs = twins.ask(ASK_CONTEXTS, given(school, asked))
    assert json.loads(json.dumps(contexts(school))) == theirs


@pytest.mark.parametrize("seed", SEEDS)
def test_the_taps_at_the_door_are_alike(twins: Twins, seed: int) -> None:
    school = at_a_pause(seed)
    asked: list[Any] = [["admit", {"student": name}, {}] for name in students(school)]
    ours = [treat_taps.admit(school.tables, school.viewer, school.now, params, {}) for _, params, _ in asked]
    leaving: list[Any] = [["leaveRoom", {}, {"admission": name}] for name in school.tables["admissions"]]
    ours += [treat_taps.leave_room(school.tables, school.viewer, school.now, {}, form) for _, _, form in leaving]
    assert ours == twins.ask(ASK_TAPS, given(school, asked + leaving))


def test_all_answers_are_given_in_these_schools() -> None:
    schools = [at_a_pause(seed) for seed in SEEDS]
    given_answers = {context.get("word") for school in schools for context in contexts(school)}
    assert given_answers >= set(WORDS.values()) - {"Closed now"}
