"""Two records of one person: one from now on, whatever names the student; and two again."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders_rewards import give
from tests.office.conftest import Sign
from tests.training.lively import make_lively
from webapp.imports.undo.snapshots import snapshot
from webapp.models import Base, Level, Merge, Score, Student, db
from webapp.office.students import merging
from webapp.office.students.merging import Pair
from webapp.sync.log.rebuild import rebuild

NAMING = [
    (table, key.parent)
    for table in Base.metadata.sorted_tables
    for key in table.foreign_keys
    if key.column.table.name == "student"
]
"""Every table with a column that names a student."""


@pytest.fixture
def lively(app: Flask) -> None:
    make_lively(app)
    rebuild()  # a level row for everybody, also who has no mark


def naming(student: int) -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table, column in NAMING
        if db.session.execute(select(column).where(column == student).limit(1)).first()
    }


def whole() -> Any:
    """How everything about students stands, but for levels that nothing decides and who was told when."""
    models = [mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ in TOLD]
    levels = select(Level.student_id, Level.week, Level.level, Level.marks).filter(Level.from_week.is_not(None))
    return snapshot(*models), {tuple(row) for row in db.session.execute(levels)}


TOLD = {table.name for table, _ in NAMING} - {"level"} | {"student", "plan", "trip_decision"}


def test_every_row_that_names_one_names_the_other_and_comes_back(lively: None):
    named: set[str] = set()
    for gone in db.session.scalars(select(Student.id)).all():
        kept = 1 if gone != 1 else 2
        before, theirs = whole(), naming(gone)
        if refusal := merging.merge(Pair(kept, gone), "head"):
            assert refusal is merging.APART
            kept = 4
            assert merging.merge(Pair(kept, gone), "head") is None
        named |= theirs
        assert (naming(gone), db.session.get(Student, gone)) == (set(), None)
        assert not any(rebuild().values())
        assert merging.undo(db.session.scalars(select(Merge.id).order_by(Merge.id.desc())).first() or 0, "head") is None
        assert whole() == before
        assert not any(rebuild().values())
    assert named == {f"{table.name}.{column.name}" for table, column in NAMING}


def test_a_mark_of_the_old_record_is_taken_and_counts_for_the_one_that_stays(sign_in: Sign):
    office = sign_in("office")
    give(1, 5)
    give(2, 3)
    assert "Inaya Begum" in office.get("/office/merge?kept=1&gone-name=BEGUM%20ina").text
    assert "stands; both stay in the history." in office.get("/office/merge?kept=1&gone=2").text
    assert office.post("/office/merge", kept="1", gone="2").location == "/office/students/1"
    give(2, 4)  # from a tablet that has not heard
    assert [(score.student_id, score.mark) for score in db.session.query(Score)] == [(1, "4")]
    assert not any(rebuild().values())
    undone = office.post(f"/office/merge/{db.session.query(Merge.id).scalar()}/undo")
    assert undone.location == "/office/students/2"
    assert {(score.student_id, score.mark) for score in db.session.query(Score)} == {(1, "5"), (2, "4")}
