"""Schools nobody thought of: short years with holidays and snow days, few students, many ties and limits."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from tests.recomputed import Away, Days, Limit, School, Slot, Student, walk

REACH = [("heroic", Fraction("4.6"), 2), ("creative", Fraction("4.0"), 1)]
GROUPS = ("7A", "8B")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
CAPS = ("none", "creative")


def school(seed: int, students: int = 0) -> School:
    """The school of a number, the same each time; with so many students, else with a few."""
    random = Random(seed)
    half_terms = _half_terms(random)
    ends = [day for half_term in half_terms for day in half_term]
    year = (min(ends) - timedelta(days=random.randrange(8)), max(ends) + timedelta(days=random.randrange(20)))
    timetable = {(group, weekday): _periods(random) for group in GROUPS for weekday in range(1, 6)}
    days = walk(*year)
    found = School(
        seed=seed,
        year=year,
        half_terms=half_terms if random.random() < 0.9 else [],
        closures=[_stretch(random, year, 9) for _ in range(random.randrange(3))],
        timetable=timetable,
        levels=REACH if random.random() < 0.5 else _levels(random),
        places=random.randint(1, 4),
        students={},
        today=random.choice(days[len(days) // 3 :]),
    )
    for number in range(students or random.randint(1, 4)):
        found.students[number] = _student(random, found)
    return found


def _half_terms(random: Random) -> list[Days]:
    """Up to four, with holidays between them; gaps of more than four weeks, and terms that overlap, occur."""
    start = date(2025, 9, 1) + timedelta(days=random.randrange(200))
    found = []
    for _ in range(random.randint(1, 4)):
        end = start + timedelta(days=random.randint(4, 30))
        found.append((start, end))
        start = end + timedelta(days=random.choice([-5, 3, 10, 10, 17, 29, 30]))
    return found


def _stretch(random: Random, year: Days, longest: int) -> Days:
    first = random.choice(walk(*year))
    return first, first + timedelta(days=random.randrange(longest))


def _periods(random: Random) -> list[str]:
    return sorted(random.sample("123", random.choice([0, 1, 1, 2])))


def _levels(random: Random) -> list[tuple[str, Fraction, int]]:
    higher, lower = sorted(random.sample(range(200, 500), 2), reverse=True)
    return [("heroic", Fraction(higher, 100), random.randint(2, 4)), ("creative", Fraction(lower, 100), 1)]


def _student(random: Random, school: School) -> Student:
    twin = random.choice([None, None, None, *list(school.students.values())[:3]])
    group = twin.group if twin else random.choice(GROUPS)
    marks = dict(twin.marks) if twin else _marks(random, school, group)
    return Student(
        group=group,
        joined=random.choice(walk(*school.year)) if random.random() < 0.2 else None,
        away=[_away(random, school) for _ in range(random.choice([0, 0, 0, 1, 4]))],
        marks=marks,
        limits=[_limit(random, school) for _ in range(random.choice([0, 0, 1, 2, 3]))],
        taken=[random.randint(1, 2)] * random.choice([0, 0, 1]),
        wanted=[(random.randint(1, 2), random.random() < 0.3) for _ in range(random.randrange(4))],
    )


def _marks(random: Random, school: School, group: str) -> dict[Slot, Any]:
    """Marks up to today, now and then of a lesson of the other group, and sometimes for days on end none."""
    usual, marked = random.choice([2, 4, 4, 5, 5]), random.choice([0.45, 0.8, 0.95])
    away = _stretch(random, school.year, 20)
    marks = {}
    for own in GROUPS:
        for slot in school.lessons(own, school.year[0], school.today):
            chance = marked if own == group else 0.03
            if random.random() < chance and not away[0] <= slot[0] <= away[1]:
                marks[slot] = _mark(random, usual)
    return marks


def _mark(random: Random, usual: int) -> Any:
    chance = random.random()
    if chance < 0.15:
        return random.choice(["authorised", "exempt", None, 0])
    return max(0, min(5, usual + random.choice([-1, 0, 0, 0, 1])))


def _away(random: Random, school: School) -> Away:
    first = random.choice(walk(*school.year))
    last = first + timedelta(days=random.randrange(30)) if random.random() < 0.5 else None
    return Away(random.choice(WEEKDAYS), random.choice("123"), first, last)


def _limit(random: Random, school: School) -> Limit:
    start = random.choice(walk(*school.year))
    until = start + timedelta(days=random.randrange(15)) if random.random() < 0.5 else None
    lifted = start + timedelta(days=random.randrange(15)) if random.random() < 0.4 else None
    return Limit(random.choice(CAPS), start, until, lifted)
