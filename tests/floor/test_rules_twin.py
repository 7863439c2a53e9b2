import random
from dataclasses import asdict
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from tests.floor.made_up import MARKS, SCHOOL
from tests.floor.twins import Twins
from webapp.domain.caps import in_force
from webapp.domain.marks import why_not_counted
from webapp.domain.mean import Mean, mean_of
from webapp.domain.undo import Step, last_gesture
from webapp.floor.receipt import cap_of, scale_of

TABLES = {"school": {"school": SCHOOL}}
KEYS = [None, "none", "creative", "heroic"]


def test_means_are_counted_cut_and_compared_alike(twins: Twins) -> None:
    means = [[total, count] for count in range(61) for total in range(count * 5 + 1)]
    asked = twins.ask("return given.map((m) => [rules.meanShown(m), rules.reaches(m, [23, 5])])", means)
    assert asked == [[Mean(*mean).shown(), Mean(*mean).at_least(Fraction(23, 5))] for mean in means]
    assert tuple(twins.ask("return rules.meanOf(given)", MARKS)) == mean_of(MARKS)
    assert twins.ask("return given.map(rules.whyNotCounted)", MARKS) == [why_not_counted(mark) for mark in MARKS]


def test_the_lower_of_two_levels_is_alike(twins: Twins) -> None:
    pairs = [list(pair) for pair in product(KEYS, KEYS)]
    asked = twins.ask("return given[1].map(([a, b]) => rules.lower(given[0], a, b))", [SCHOOL["levels"], pairs])
    assert asked == [scale_of(TABLES).lower_of(a, b) for a, b in pairs]


def test_the_cap_in_force_is_alike(twins: Twins) -> None:
    chance = random.Random(11)
    today = date(2026, 3, 3)

    def day() -> str:
        return (today + timedelta(days=chance.randint(-3, 3))).isoformat()

    def cap() -> dict[str, str | None]:
        ends = [chance.choice([None, day()]) for _ in range(2)]
        return {"cap": chance.choice(["none", "creative"]), "from": day(), "until": ends[0], "lifted": ends[1]}

    sets = [[cap() for _ in range(chance.randrange(4))] for _ in range(3000)]
    asked = twins.ask(
        "return given[1].map((caps) => rules.strictest(given[0], caps, '2026-03-03')[0]?.cap ?? null)",
        [SCHOOL["levels"], sets],
    )
    assert asked == [in_force(map(cap_of, caps), today, today, scale_of(TABLES)) for caps in sets]


def test_undo_takes_back_the_same_steps(twins: Twins) -> None:
    chance = random.Random(13)

    def steps() -> list[Step]:
        made: list[Step] = []
        for n in range(chance.randrange(8)):
            undoes = chance.choice([None, None, *[step.op for step in made]])
            made.append(Step(f"d1.abc.{n}", "12", f"w{chance.randrange(3)}", undoes, None))
        return made

    histories = [steps() for _ in range(3000)]
    asked = twins.ask(
        "return given.map((steps) => rules.lastGesture(steps).map((step) => step.op))",
        [[asdict(step) for step in history] for history in histories],
    )
    assert asked == [[step.op for step in last_gesture(history)] for history in histories]
