"""Whatever happens to tablets, clocks and the network: in the end everybody holds what the rules say."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given
from hypothesis import settings as configure
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from tests.builders import Tablet
from tests.sync import oracle
from tests.sync.history import (
    DAYS,
    PROJECTIONS,
    STUDENTS,
    TEN_YEARS,
    History,
    actions,
    create_school,
    forget,
    marks_by_key,
)
from webapp.models import Cap, Level, Operation, Score, db
from webapp.models.device import IMPORT
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import head, writing

pytestmark = pytest.mark.both_databases

CHECKED = (Score, Level, Cap, Operation)


@pytest.fixture
def tablets(app: Flask) -> list[Tablet]:
    return create_school(app)


@pytest.fixture
def histories(app: Flask, request: pytest.FixtureRequest) -> Any:
    """How many histories are tried, and that they may take their time. PostgreSQL takes three times as long."""
    many = 8 if db.engine.dialect.name == "postgresql" else 20
    many *= 40 if request.config.getoption("--long") else 1
    slow = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return configure(max_examples=many, suppress_health_check=slow)


def test_invariants_3_5_7_8_hold_through_any_history(app: Flask, tablets: list[Tablet], histories: Any):
    @histories
    @given(st.lists(actions(), min_size=8, max_size=40))
    @example(A_WRONG_CLOCK_CORRECTS)
    @example(A_LIFT_BY_A_WRONG_CLOCK)
    @example(A_CAP_HOLDS)
    def holds(steps: list[tuple[Any, ...]]) -> None:
        history = History(app.config["CLOCK"], forget(app.config["CLOCK"], tablets))
        for step in steps:
            history.do(step)
        history.finish()
        each_operation_is_in_the_log_once(history)
        all_tablets_hold_what_a_new_one_gets(history)
        marks_are_those_of_the_oracle(history)
        levels_are_those_of_the_oracle(history)
        lifts_are_not_older_than_what_was_seen(history)
        refusals_are_on_their_tablets_list(history)
        rebuilding_changes_nothing()
        rebuilding_repairs(history)

    holds()


# Cy marks with a clock ten years ahead; Ada sees it and corrects it with hers ten years behind.
A_WRONG_CLOCK_CORRECTS: list[tuple[Any, ...]] = [
    ("mark", 2, 1, 5, 5, False),
    ("skew", 2, TEN_YEARS),
    ("push", 2, 0, 9, "as they are", True),
    ("pull", 0, 30, 20),
    ("skew", 0, -TEN_YEARS),
    ("mark", 0, 1, 5, 1, False),
    ("skew", 0, 0),
]
A_CAP_HOLDS: list[tuple[Any, ...]] = [
    ("mark", 0, 1, 4, 5, False),
    ("cap", 0, 1, "none", 0, None),
    ("mark", 0, 2, 4, 5, False),
    ("cap", 0, 2, "creative", 0, 3),
    ("push", 0, 0, 9, "as they are", False),
]
A_LIFT_BY_A_WRONG_CLOCK: list[tuple[Any, ...]] = [
    ("mark", 0, 1, 4, 5, False),
    ("cap", 0, 1, "none", -10, None),
    ("push", 0, 0, 9, "as they are", False),
    ("wait", 14 * 24 * 60),
    ("pull", 1, 30, 20),
    ("skew", 1, -TEN_YEARS),
    ("lift", 1, 0),
    ("skew", 1, 0),
]


def each_operation_is_in_the_log_once(history: History) -> None:
    columns = (Operation.device_id, Operation.incarnation, Operation.n)
    rows = db.session.execute(select(*columns).where(Operation.device_id != IMPORT))  # which stocked the tuck shop
    stored = Counter(f"{device}.{incarnation}.{n}" for device, incarnation, n in rows)
    assert stored == dict.fromkeys(history.stored, 1)
    for tablet in history.tablets:
        assert all(tablet.id_of(op) in stored for op in tablet.ops)


def all_tablets_hold_what_a_new_one_gets(history: History) -> None:
    expected = fresh_rows(history.tablets[0])
    lessons = {key for table, key in expected if table == "lessons"}
    window = oracle.window(history.clock.now)
    assert lessons == {str(number) for number, day in enumerate(DAYS, start=1) if oracle.within(day, window)}
    for tablet in history.tablets:
        assert {key: row for key, row in tablet.rows.items() if key[0] != "refusals"} == expected


def fresh_rows(tablet: Tablet) -> dict[tuple[str, str], Any]:
    fresh = replace(tablet, cursor=0, rows={})
    fresh.pull(limit=10_000)
    return {key: row for key, row in fresh.rows.items() if key[0] != "refusals"}


def marks_are_those_of_the_oracle(history: History) -> None:
    winners = {key: oracle.winner(marked) for key, marked in marks_by_key(history).items()}
    expected = {f"{student}.{lesson}": (won.mark, won.by, won.op) for (student, lesson), won in winners.items()}
    window = oracle.window(history.clock.now)
    held = {key: values for key, values in expected.items() if oracle.within(day_of(key), window)}
    shown = history.tablets[0].table("scores")
    assert {key: (row["mark"], row["by"], row["op"]) for key, row in shown.items()} == held
    stored = db.session.execute(select(Score.student_id, Score.lesson_id, Score.op))
    assert {f"{student}.{lesson}": op for student, lesson, op in stored} == {
        key: op for key, (_, _, op) in expected.items()
    }
    ops = {op for _, _, op in expected.values()}
    assert not any(seen in ops for _, seen in history.had_seen)


def day_of(key: str) -> date:
    return DAYS[int(key.split(".")[1]) - 1]


def levels_are_those_of_the_oracle(history: History) -> None:
    marks: defaultdict[int, defaultdict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for (student, lesson), marked in marks_by_key(history).items():
        marks[student][oracle.week(DAYS[lesson - 1])].append(oracle.winner(marked).mark)
    limits = limits_by_student(history.tablets[0])
    expected = {
        f"{student}.{week}": level
        for student in STUDENTS
        for week in oracle.school_weeks()
        if (level := oracle.level(week, marks[student], limits[student]))
    }
    stored = {f"{row.student_id}.{row.week}": row for row in db.session.scalars(select(Level))}
    assert stored.keys() == expected.keys()
    for key, level in expected.items():
        row = stored[key]
        mean = [row.sum, row.count]
        assert (key, row.level, row.earned, row.cap, mean, row.from_week) == (key, *level.values())
    first, last = map(oracle.week, oracle.weeks_around(history.clock.now))
    held = {key: level for key, level in expected.items() if first <= key.split(".")[1] <= last}
    shown = history.tablets[0].table("levels")
    assert {key: {name: shown[key][name] for name in held.get(key, ())} for key in shown} == held


def limits_by_student(tablet: Tablet) -> defaultdict[int, list[oracle.Limit]]:
    limits: defaultdict[int, list[oracle.Limit]] = defaultdict(list)
    for row in tablet.table("caps").values():
        days = [row[name] and date.fromisoformat(row[name]) for name in ("from", "until", "lifted")]
        limits[int(row["student"])].append(oracle.Limit(row["cap"], *days))
    return limits


def lifts_are_not_older_than_what_was_seen(history: History) -> None:
    for name, row in history.tablets[0].table("caps").items():
        if row["lifted"]:
            lifted = date.fromisoformat(row["lifted"])
            assert oracle.local_date(history.stored[name]) <= lifted <= oracle.local_date(history.clock.now)


def refusals_are_on_their_tablets_list(history: History) -> None:
    listed = {row["id"] for tablet in history.tablets for row in tablet.table("refusals").values()}
    assert listed == history.refused


def contents(*, with_numbers: bool) -> dict[str, list[Any]]:
    """The tables that follow from the log, and the log."""
    db.session.rollback()
    found = {}
    for model in CHECKED:
        columns = [column for column in model.__table__.columns if with_numbers or column.name != "rev"]
        found[model.__name__] = sorted(map(str, db.session.execute(select(*columns))))
    return found


def rebuilding_changes_nothing() -> None:
    before, last = contents(with_numbers=True), head()
    assert not any(rebuild().values())
    assert (contents(with_numbers=True), head()) == (before, last)


def rebuilding_repairs(history: History) -> None:
    sound = contents(with_numbers=False)
    for spoil in (forge, lose):
        with writing():
            spoil()
        rebuild()
        assert contents(with_numbers=False) == sound
        assert not any(rebuild().values())
    for tablet in history.tablets:
        tablet.pull()
    all_tablets_hold_what_a_new_one_gets(history)


def forge() -> None:
    """Somebody with the database open changes what they like."""
    db.session.execute(update(Score).values(week="2020-W01", mark="5", by="nobody"))
    db.session.execute(update(Level).values(level="heroic", cap=None, sum=99))
    db.session.execute(update(Cap).values(cap="none", lifted=None, start=date(2020, 1, 1)))
    marked = {(row.student_id, row.lesson_id) for row in db.session.execute(select(Score.student_id, Score.lesson_id))}
    if (3, 1) not in marked:
        made_up = {"week": "", "mark": "5", "by": "nobody", "at": db.func.now(), "op": "x.y.1", "rev": 1}
        db.session.add(Score(student_id=3, lesson_id=1, **made_up))
    db.session.flush()


def lose() -> None:
    for model in PROJECTIONS:
        db.session.execute(delete(model))
