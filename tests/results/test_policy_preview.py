"""The preview of a change of the policy: against a second opinion, and against what adopting it does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from tests import recomputed
from tests.made_up_schools import school as made_up
from tests.played import Ids, play
from tests.postgres import DATABASES
from tests.recomputed import Levels, School, days_of, week
from tests.results.test_recomputed import as_policy_has_it, calendar_of, caps_of, means_of
from tests.sync.conftest import settings_on
from webapp.config import Settings
from webapp.domain.marks.caps import in_force
from webapp.domain.marks.levels import LevelRule, LevelScale, WeekLevel, level_of_week
from webapp.domain.policy import moved
from webapp.models import Level, PolicyVersion, Student, db
from webapp.policies.settings import Values, load_changed, values_of
from webapp.results.preview import preview
from webapp.results.rewards import allowance_on
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import writing
from webapp.sync.tables.policy import adopt, withdraw

Names = set[tuple[str, int, str | None, str | None]]
"""A week, the number of a student in the made-up school, the level now and the level then."""

DRAFTS = 8


@pytest.fixture(params=DATABASES)
def settings(request: pytest.FixtureRequest, data: Path) -> Settings:
    return settings_on(request.param, request, data)


def test_the_rule_names_whom_a_second_opinion_names():
    for seed in range(300):
        school = made_up(seed)
        random = Random(seed)
        levels, first = draft_of(random, school), random.choice(school.weeks)
        ours = set()
        for number, student in school.students.items():
            now, then = (levels_of(school, number, one) for one in (school.levels, levels))
            ours |= {
                (name, number, both.now.level, both.then.level)
                for name, both in moved(now, then).items()
                if name >= first and any(map(student.is_there, days_of(name)))
            }
        assert ours == recomputed.moved(school, levels, first), seed


def levels_of(school: School, number: int, levels: Levels) -> dict[str, WeekLevel]:
    """A student's levels in all weeks by our own rule."""
    calendar, student = calendar_of(school), school.students[number]
    scale = LevelScale(tuple(LevelRule(key, key, least, items, "4.1") for key, least, items in levels), look_back=2)
    means, caps = means_of(student), caps_of(student)
    return {
        name: level_of_week(
            name,
            calendar.weeks_before(name, 2),
            means,
            in_force(caps, days_of(name)[0], days_of(name)[-1], scale),
            scale,
        )
        for name in school.weeks
    }


@pytest.mark.parametrize(
    ("settings", "seed"), [*(("sqlite", seed) for seed in range(4)), ("postgresql", 4)], indirect=["settings"]
)
@pytest.mark.usefixtures("app")
def test_the_preview_names_whom_a_second_opinion_names_and_adopting_does_what_it_said(
    seed: int, pytestconfig: pytest.Config
):
    """Draft after draft is looked at; now and then one is adopted, and the next are changes of that."""
    random = Random(seed)
    school = with_leavers(random, as_policy_has_it(at_work(seed)))
    students = play(school)
    tell_leavers(school, students)
    named: Names = set()
    for turn in range(DRAFTS * (10 if pytestconfig.getoption("long") else 1)):
        levels, first = draft_of(random, school), random.choice(weeks_to_come(school))
        found = preview(load_changed("reach", values_in(levels)), first)
        wanted = recomputed.moved(school, levels, first)
        assert numbered(found.names(), students) == wanted
        named |= wanted
        if turn % 3 == 2:
            school = adopted(school, levels, first, students, wanted)
    assert named


def adopted(school: School, levels: Levels, first: str, students: Ids, named: Names) -> School:
    before = kept()
    with writing() as revs:
        adopt(first, values_in(levels), "a.adeyemi", "Agreed by staff", revs)
    assert numbered(differing(before, kept(), school, students), students) == named
    school = replace(school, later=[*school.later, (first, levels)])
    for number, student in school.students.items():
        assert allowance_on(students[number], school.today) == recomputed.allowance(school, student, school.today)
    assert not any(rebuild().values())
    return school


@pytest.mark.usefixtures("app")
def test_a_change_withdrawn_before_it_began_leaves_every_level_as_it_was():
    school = as_policy_has_it(at_work(5))
    play(school)
    before, first = kept(), weeks_to_come(school)[1]
    with writing() as revs:
        adopt(first, values_in(LOW), "a.adeyemi", "Agreed by staff", revs)
    assert kept() != before
    with writing() as revs:
        withdraw(db.session.scalars(select(PolicyVersion)).one(), "a.adeyemi", revs)
    assert kept() == before
    assert not any(rebuild().values())


LOW: Levels = [("heroic", Fraction(1), 2), ("creative", Fraction(0), 1)]


def at_work(seed: int) -> School:
    """The first school from a number on that has at least two weeks before it, whose levels marks may decide."""
    schools = (made_up(number, students=12) for number in range(seed * 100, seed * 100 + 100))
    return next(school for school in schools if len(weeks_to_come(school)) > 1 and len(all_marks(school)) > 50)


def weeks_to_come(school: School) -> list[str]:
    """This week and the two after it, as far as they are school weeks: those that marks so far decide."""
    return [name for name in school.weeks if week(school.today) <= name][:3]


def all_marks(school: School) -> list[object]:
    return [mark for student in school.students.values() for mark in student.marks.values()]


def with_leavers(random: Random, school: School) -> School:
    """Now and then a student joins or leaves near today."""
    near = [school.today + timedelta(days=random.randint(-9, 16)) for _ in school.students]
    students = {
        number: random.choice([student, replace(student, joined=day), replace(student, left=day)])
        for (number, student), day in zip(school.students.items(), near, strict=True)
    }
    return replace(school, students=students)


def tell_leavers(school: School, students: Ids) -> None:
    for number, student in school.students.items():
        row = db.session.get_one(Student, students[number])
        row.joined, row.left = student.joined, student.left
    db.session.commit()


def draft_of(random: Random, school: School) -> Levels:
    """Other levels; often exactly at what a student has in some week, or a thousandth beside it."""
    means = [
        Fraction(sum(numbers), len(numbers))
        for student in school.students.values()
        for numbers in student.numbers.values()
    ]
    near = [cut(mean) + Fraction(random.choice([0, 0, 1]), 1000) for mean in random.sample(means, min(2, len(means)))]
    anything = [Fraction(random.randrange(500), 100) for _ in range(2)]
    picked = {min(least, Fraction(5)) for least in [*near, *anything]}
    higher, lower = sorted(random.sample(sorted(picked | {Fraction(5), Fraction(0)}), 2), reverse=True)
    return [("heroic", higher, random.randint(1, 4)), ("creative", lower, random.randint(0, 2))]


def cut(mean: Fraction) -> Fraction:
    return Fraction(mean.numerator * 1000 // mean.denominator, 1000)


def values_in(levels: Levels) -> Values:
    """The settings of a pack with these levels."""
    thresholds = {f"levels.rules.{key}.threshold": f"{float(least):.3f}" for key, least, _ in levels}
    return {**values_of("reach"), **thresholds, **{f"levels.rules.{key}.tuck_items": items for key, _, items in levels}}


def numbered(names: Sequence[tuple[str, int, str | None, str | None]], students: Ids) -> Names:
    numbers = {key: number for number, key in students.items()}
    found = {(name, numbers[key], now, then) for name, key, now, then in names}
    assert len(found) == len(names)
    return found


Kept = dict[tuple[str, int], str | None]


def kept() -> Kept:
    """The levels that tablets are given, by week and student."""
    return {(row.week, row.student_id): row.level for row in db.session.scalars(select(Level))}


def differing(
    before: Kept, after: Kept, school: School, students: Ids
) -> list[tuple[str, int, str | None, str | None]]:
    """The levels that changed of those who were there in their week."""
    numbers = {key: number for number, key in students.items()}
    return [
        (name, key, before[name, key], level)
        for (name, key), level in after.items()
        if before[name, key] != level and any(map(school.students[numbers[key]].is_there, days_of(name)))
    ]
