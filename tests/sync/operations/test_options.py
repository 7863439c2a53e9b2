"""The options period: one choice a week, while there is room, by the level on the day; and that rebuilding keeps it."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.builders import Tablet, create_student, create_tablet
from tests.builders_rewards import do, give, limit
from tests.sync.junk import VALUES
from tests.sync.rebuilding import check_rebuilding
from webapp.models import Lesson, OptionChoice, db
from webapp.school.school import school_pack

WEEK = "2026-W10"
BODY = {"student": "1", "week": WEEK, "choice": "cooking"}
FULL = "This choice is full. Another one may have room."


@pytest.fixture
def room(app: Flask, lesson: Lesson) -> Tablet:  # the school it is in
    """A tablet in a classroom; Zoë is on Heroic this week and Inaya on Creative."""
    create_student("Inaya", "Begum")
    give(1, 5)
    give(2, 4)
    return create_tablet(app)


def choose(tablet: Tablet, **other: Any) -> list[str]:
    """Why it was refused, if it was."""
    return [reason for reason, _ in tablet.refusals("options.choose", BODY | other)]


def chosen(student: int = 1, week: str = WEEK) -> str | None:
    db.session.rollback()
    row = db.session.get(OptionChoice, (student, week))
    return row.choice if row else None


def fill(choice: str = "cooking", leave: int = 0) -> list[int]:
    """Everybody else takes the choice, but for the last places; who they are."""
    rule = school_pack().rewards.options.choice(choice)
    assert rule
    students = [create_student(f"S{n}").id for n in range(rule.capacity - leave)]
    for student in students:
        give(student, 5)
        assert do("options.choose", BODY | {"student": str(student), "choice": choice}) is None
    return students


def test_a_choice_can_be_changed_and_taken_back(room: Tablet):
    for choice in ("cooking", "reward-room", None, "art"):
        assert choose(room, choice=choice) == []
        assert chosen() == choice


def test_a_student_chooses_by_card_at_the_schools_own_page(room: Tablet):
    assert do("options.choose", BODY, by="student") is None
    assert db.session.get_one(OptionChoice, (1, WEEK)).by == "student"


def test_of_two_offline_choices_for_the_last_place_the_first_to_arrive_gets_it(app: Flask, room: Tablet):
    fill(leave=1)
    other = create_tablet(app)
    room.record("options.choose", BODY)
    room.clock.move(minutes=3)
    other.record("options.choose", BODY | {"student": "2"})
    assert other.push().json["notes"] == []
    (note,) = room.push().json["notes"]
    assert (note["status"], note["reason"], note["detail"]) == ("refused", "full", FULL)
    assert (chosen(1), chosen(2)) == (None, "cooking")


def test_whoever_finds_a_choice_full_keeps_the_one_they_had(room: Tablet):
    choose(room, choice="art")
    fill()
    assert choose(room) == ["full"]
    assert chosen() == "art"


def test_a_place_given_back_is_free_again(room: Tablet):
    first, *_ = fill()
    assert choose(room) == ["full"]
    assert do("options.choose", BODY | {"student": str(first), "choice": None}) is None
    assert chosen() is None
    room.record("options.choose", BODY)
    room.push()
    assert chosen() == "cooking"


def test_places_of_another_week_do_not_count(room: Tablet):
    students = fill()
    room.clock.move(days=7)
    give(1, 5, date(2026, 3, 4))
    assert choose(room, week="2026-W11") == []
    assert len(students) == db.session.query(OptionChoice).filter_by(week=WEEK).count()


def test_choosing_the_same_again_says_nothing_new_even_when_it_is_full(room: Tablet):
    choose(room)
    fill(leave=1)
    row = db.session.get_one(OptionChoice, (1, WEEK))
    at, rev = row.at, row.rev
    room.clock.move(minutes=5)
    assert choose(room) == []
    db.session.refresh(row)
    assert (row.choice, row.at, row.rev) == ("cooking", at, rev)


def test_taking_back_what_nobody_chose_says_nothing(room: Tablet):
    assert choose(room, choice=None) == []
    assert db.session.query(OptionChoice).count() == 0


def test_a_choice_goes_with_its_levels(room: Tablet):
    create_student("Cai", "Price")
    assert choose(room, student="2", choice="reward-room") == ["not-entitled"]
    assert choose(room, student="3") == ["not-entitled"]
    assert choose(room, choice="reward-room") == []


def test_a_limit_in_force_today_counts(room: Tablet):
    limit(1, "creative")
    assert choose(room, choice="reward-room") == ["not-entitled"]
    assert choose(room) == []
    limit(2, "none", start="2026-03-04")
    assert choose(room, student="2") == []


def test_a_week_that_is_over_stays_as_it_was(room: Tablet):
    choose(room)
    room.clock.move(days=6)
    assert choose(room, choice="art") == ["week-over"]
    assert choose(room, choice=None) == ["week-over"]
    assert chosen() == "cooking"


def test_the_next_week_waits_until_its_level_is_known(room: Tablet):
    give(1, 5, date(2026, 3, 3))
    assert choose(room, week="2026-W11") == ["too-early"]
    room.clock.move(days=3)
    assert choose(room, week="2026-W11") == ["too-early"]
    room.clock.move(days=1)
    assert choose(room, week="2026-W11") == []
    assert choose(room, week="9999-W51") == ["too-early"]


def test_a_choice_that_cannot_be_is_refused_with_a_reason(room: Tablet):
    for key, value, reason in (
        ("student", "99", "no-such-student"),
        ("week", "2025-W53", "no-such-week"),
        ("week", "2026-w10", "no-such-week"),
        ("week", "0000-W01", "no-such-week"),
        ("week", "9999-W52", "no-such-week"),
        ("choice", "chess", "no-such-choice"),
        ("choice", "", "no-such-choice"),
        ("choice", ["cooking"], "no-such-choice"),
    ):
        assert (key, value, choose(room, **{key: value})) == (key, value, [reason])


def test_junk_in_a_choice_is_refused(room: Tablet):
    fine: dict[str, list[Any]] = {"student": ["1"], "week": [], "choice": [None]}
    for key in BODY:
        for value in [value for value in VALUES if value not in fine[key]]:
            room.record("options.choose", BODY | {key: value})
        room.record("options.choose", {name: value for name, value in BODY.items() if name != key})
    notes = room.push().json["notes"]
    assert len(notes) == len(room.ops)
    assert all(note["detail"] for note in notes)
    assert db.session.query(OptionChoice).count() == 0


def test_rebuilding_chooses_again(room: Tablet):
    give(1, 5, date(2026, 3, 3))
    for body in ({}, {"choice": "art"}, {"student": "2"}, {"student": "2"}, {"choice": None}, {"choice": None}):
        choose(room, **body)
        room.clock.move(minutes=1)
    made_up = {"student_id": 2, "week": "2026-W12"}
    check_rebuilding("options", OptionChoice, made_up, choice="films", by="nobody")
