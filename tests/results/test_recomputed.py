"""The rules against a second opinion: a thousand made-up schools, worked out again by code of its own."""

import ast
from collections import defaultdict
from dataclasses import astuple, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests import recomputed
from tests.made_up_schools import GROUPS, REACH, WEEKDAYS
from tests.made_up_schools import school as made_up
from tests.played import Ids, play, serve
from tests.recomputed import School, Student, days_of, week
from webapp.domain.marks.caps import Cap, in_force
from webapp.domain.marks.levels import LevelRule, LevelScale, WeekLevel, level_of_week
from webapp.domain.marks.marks import Mark, counts
from webapp.domain.marks.mean import Mean, mean_of
from webapp.domain.marks.part_time import Away, is_away
from webapp.domain.rewards.goal import to_reach
from webapp.domain.rewards.trip import Candidate, trip_list
from webapp.domain.rewards.tuck import judge_sale, left_of
from webapp.domain.time.calendar import Calendar, Span, week_of
from webapp.models import Lesson, Level, db
from webapp.results.levels import level_in, work_out
from webapp.results.points import points_of
from webapp.results.rewards import allowance_on, tuck_left
from webapp.results.trip import trip_of
from webapp.school import clock

HALF = Fraction(1, 2)


@pytest.fixture(scope="module")
def schools() -> list[School]:
    return [made_up(seed) for seed in range(1000)]


def test_the_second_opinion_is_its_own() -> None:
    source = ast.parse(Path(recomputed.__file__).read_text())
    modules = [node.module for node in ast.walk(source) if isinstance(node, ast.ImportFrom)]
    assert modules
    assert not any(isinstance(node, ast.Import) for node in ast.walk(source))
    assert not any(str(module).startswith(("webapp", "tests")) for module in modules)


def test_school_days_and_weeks_agree(schools: list[School]) -> None:
    for school in schools:
        calendar = calendar_of(school)
        assert calendar.school_days(*school.year) == school.days, school.seed
        assert list(calendar.school_weeks()) == school.weeks, school.seed


def test_means_and_levels_agree(schools: list[School]) -> None:
    for school in schools:
        calendar, scale = calendar_of(school), scale_of(school)
        for student in school.students.values():
            means, caps = means_of(student), caps_of(student)
            for name in [*school.weeks, week(school.today)]:
                days, before = days_of(name), calendar.weeks_before(name, scale.look_back)
                cap = in_force(caps, days[0], days[-1], scale)
                ours = level_of_week(name, before, means, cap, scale)
                assert ours == expected(school, student, name), school.seed


def test_what_is_left_at_the_tuck_shop_agrees(schools: list[School]) -> None:
    for school in schools:
        calendar, scale = calendar_of(school), scale_of(school)
        for student in school.students.values() if week(school.today) in school.weeks else ():
            cap = in_force(caps_of(student), school.today, school.today, scale)
            before = calendar.weeks_before(week(school.today), scale.look_back)
            level = level_of_week(week(school.today), before, means_of(student), cap, scale)
            allowance = scale.tuck_items(level.level)
            assert allowance == recomputed.allowance(school, student, school.today), school.seed
            assert sell(allowance, student) == recomputed.served(allowance, student), school.seed


def test_the_trip_lists_agree(schools: list[School]) -> None:
    for school in schools:
        for half_term in school.half_terms:
            last = min(half_term[1], school.today)
            there = [n for n, one in school.students.items() if one.joined is None or one.joined <= last]
            candidates = {number: candidate(school, number, half_term[0], last) for number in there}
            ours = trip_list(candidates, school.places, HALF)
            assert (set(ours.going), set(ours.tied), ours.places_left) == recomputed.trip(school, half_term), (
                school.seed
            )


def test_what_would_reach_a_level_agrees(schools: list[School]) -> None:
    for school in schools:
        name = week(school.today)
        for student in school.students.values():
            left = len(school.own_lessons(student, school.today + timedelta(days=1), days_of(name)[-1]))
            numbers = student.numbers.get(name, [])
            for _, least, _ in school.levels:
                ours = marks_to(Mean(sum(numbers), len(numbers)), left, least)
                assert ours == recomputed.marks_to(numbers, left, least), school.seed


@pytest.mark.parametrize("seed", range(8))
def test_what_the_school_keeps_and_gives_agrees(app: Flask, seed: int) -> None:
    school = as_policy_has_it(made_up(seed, students=10))
    students = play(school)
    lessons_agree(school)
    levels_agree(school, students)
    the_trips_agree(school, students)
    the_cards_agree(school, students)
    the_till_agrees(school, students, serve(app, school, students))


def lessons_agree(school: School) -> None:
    lessons = {tuple(row) for row in db.session.execute(select(Lesson.day, Lesson.period, Lesson.group_id))}
    assert lessons == {slot for group in GROUPS for slot in school.lessons(group, *school.year)}


def levels_agree(school: School, students: Ids) -> None:
    """The rows that tablets are given, the list for the desk, and the receipt."""
    kept, worked_out = levels_kept(), levels_worked_out(school.weeks)
    for number, student in school.students.items():
        wanted = {name: expected(school, student, name) for name in school.weeks}
        decided = {name: level for name, level in wanted.items() if level.from_week}
        for levels in (kept[students[number]], worked_out[students[number]]):
            assert decided.items() <= levels.items() <= wanted.items()
        today = week(school.today)
        assert level_in(today, students[number]) == expected(school, student, today)


def the_trips_agree(school: School, students: Ids) -> None:
    numbers = {student: number for number, student in students.items()}
    for half_term in school.half_terms:
        found = trip_of(Span("half term", *half_term), clock.now()).found
        going, tied = ({numbers[student] for student in listed} for listed in (found.going, found.tied))
        assert (going, tied, found.places_left) == recomputed.trip(school, half_term)


def the_cards_agree(school: School, students: Ids) -> None:
    """How many lessons are left of today's week, now that those of today are over."""
    for number, student in school.students.items():
        left = school.own_lessons(student, school.today + timedelta(days=1), days_of(week(school.today))[-1])
        assert points_of(students[number], clock.now()).lessons_left == len(left)


def the_till_agrees(school: School, students: Ids, given: dict[int, list[bool]]) -> None:
    for number, student in school.students.items():
        allowance = recomputed.allowance(school, student, school.today)
        assert allowance_on(students[number], school.today) == allowance
        assert (given[number], tuck_left(students[number], school.today)) == recomputed.served(allowance, student)


def calendar_of(school: School) -> Calendar:
    return Calendar(
        (Span("year", *school.year),),
        tuple(Span("half term", *half_term) for half_term in school.half_terms),
        tuple(Span("closure", *closure) for closure in school.closures),
    )


def scale_of(school: School) -> LevelScale:
    return LevelScale(
        tuple(LevelRule(key, key, least, items, "4.1") for key, least, items in school.levels), look_back=2
    )


def caps_of(student: Student) -> list[Cap]:
    return [Cap(limit.cap, limit.start, limit.until, limit.lifted) for limit in student.limits]


def means_of(student: Student) -> dict[str, Mean]:
    weeks: dict[str, list[Mark]] = {}
    for (day, _, _), mark in student.marks.items():
        weeks.setdefault(week_of(day), []).append(mark)
    return {name: mean_of(marks) for name, marks in weeks.items()}


def expected(school: School, student: Student, name: str) -> WeekLevel:
    found = recomputed.level(school, student, name, days_of(name))
    mean = Mean(sum(found.numbers), len(found.numbers))
    return WeekLevel(name, found.level, found.reached, found.limit, mean, found.week)


def sell(allowance: int, student: Student) -> tuple[list[bool], int]:
    """Which of the things wanted at the tuck shop are sold, and what is left."""
    taken, sold = sum(student.taken), []
    for price, back in student.wanted:
        sold.append(judge_sale(price, taken, allowance) is None)
        taken += price if sold[-1] and not back else 0
    return sold, left_of(allowance, taken)


def candidate(school: School, number: int, first: date, last: date) -> Candidate:
    student = school.students[number]
    counted = [mark for (day, _, _), mark in student.marks.items() if first <= day <= last]
    times = [Away(WEEKDAYS.index(away.weekday) + 1, *astuple(away)[1:]) for away in student.away]
    lessons = [
        (day, period)
        for day, period, _ in school.lessons(student.group, first, last)
        if not is_away(times, day, period) and (student.joined is None or student.joined <= day)
    ]
    slots = {(day, period) for (day, period, _), mark in student.marks.items() if counts(mark)}
    marked = [slot for slot in lessons if slot in slots]
    return Candidate(mean_of(counted), len(marked), len(lessons))


def marks_to(mean: Mean, left: int, least: Fraction) -> list[int] | None:
    """The marks a goal asks for, one for each lesson left."""
    goal = to_reach(mean, left, least)
    return None if goal is None else [goal.rest] * (left - goal.times) + [goal.high] * goal.times


Levels = defaultdict[int, dict[str, WeekLevel]]
"""By student and week."""


def levels_kept() -> Levels:
    """The rows that tablets are given."""
    found: Levels = defaultdict(dict)
    for row in db.session.scalars(select(Level)):
        mean = Mean(row.sum, row.count)
        found[row.student_id][row.week] = WeekLevel(row.week, row.level, row.earned, row.cap, mean, row.from_week)
    return found


def levels_worked_out(weeks: list[str]) -> Levels:
    found: Levels = defaultdict(dict)
    for student, level, _ in work_out(weeks):
        found[student][level.week] = level
    return found


def as_policy_has_it(school: School) -> School:
    """With the levels and places of the school's policy. Nobody took anything from the tuck shop before."""
    students = {number: replace(student, taken=[]) for number, student in school.students.items()}
    return replace(school, students=students, levels=REACH, places=8)
