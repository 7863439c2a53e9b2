"""Small schools years later, on either database: what is past its time goes, and nothing else."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.retention.made_up import LATER, School, Tables, a_school, all_rows
from webapp.models import Student, db
from webapp.retention.deleting import delete_past
from webapp.retention.past import fingerprint, past_on
from webapp.retention.sweeping import sweep
from webapp.school import audit, clock
from webapp.sync.log.rebuild import rebuild

SEEDS = 2
MANY = 60
REMOVED = "[former student]"
STUDENTS_OWN = {
    **dict.fromkeys(("score", "level"), 1),
    **dict.fromkeys(("admission", "option_choice", "award", "card", "board_name", "redemption"), 1),
    "cap": 7,
}
"""The tables whose rows are about one student each, and how many years after leaving they are kept."""

WITH_THE_NAME = ("part_time", "membership", "former_upn")
"""The tables whose rows go with the student's name."""

OTHERS = (
    *("operation", "quarantined", "audit", "audit_cut", "retention_run", "school", "tombstone", "device"),
    *("sign_in", "past_sign_in", "account", "enrol_code", "browser_session", "lock_out"),
)
"""Tables that are looked at elsewhere."""

SKELETON = ("seq", "device_id", "incarnation", "n", "received", "digest", "status")
KEPT_A_YEAR = ("score.", "room.", "options.", "pathway.", "card.", "board.", "tuck.")
SETTLING = ("refusal.settle", "quarantine.settle")


@dataclass(frozen=True)
class Gone:
    """Who is past their time: of records kept for a year, for seven, and of the name."""

    after: dict[int, set[int]]
    names: set[int]


def gone_of(students: Iterable[Student]) -> Gone:
    """Worked out by hand: whoever is in Year N turns N + 5 by the end of August."""
    after: dict[int, set[int]] = {1: set(), 7: set()}
    names = set()
    for student in students:
        if student.left is None:
            continue
        for years in after:
            if student.left.replace(year=student.left.year + years) <= LATER:
                after[years].add(student.id)
        summer = student.left.year + (student.left.month > 8)
        if date(summer - (student.year + 5) + 25, 8, 31) < LATER:
            names.add(student.id)
    return Gone(after, names & after[7])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(MANY if metafunc.config.getoption("--long") else SEEDS))


def test_what_is_past_its_time_goes_and_nothing_else(app: Flask, seed: int):
    school = a_school(app, seed)
    gone = gone_of(db.session.query(Student).all())
    before = all_rows()
    assert not any(rebuild().values())
    assert delete_past("h.head", fingerprint(past_on(clock.today())))
    after = all_rows()
    check_tables(school, gone, before, after)
    check_log(gone, before["operation"], after["operation"])
    assert not any(rebuild().values())
    assert audit.verify().broken is None
    assert not any(one.count for one in past_on(clock.today()))
    assert sweep()
    check_names(school, gone, after)
    check_tablets(school)


def check_tables(school: School, gone: Gone, before: Tables, after: Tables) -> None:
    """What should have gone is gone, names are out of words, and all else is letter for letter as it was."""
    for name, rows in before.items():
        if name not in OTHERS:
            wanted = {key: row for key, row in rows.items() if not goes(name, row, gone)}
            wanted = {key: row | changes(name, row, school, gone) for key, row in wanted.items()}
            touched = {key for key, row in wanted.items() if row != rows[key]}
            assert {key: bare(row, key in touched) for key, row in after[name].items()} == {
                key: bare(row, key in touched) for key, row in wanted.items()
            }, name


def goes(table: str, row: dict[str, Any], gone: Gone) -> bool:
    if table in WITH_THE_NAME:
        return row["student_id"] in gone.names
    return table in STUDENTS_OWN and row["student_id"] in gone.after[STUDENTS_OWN[table]]


def changes(table: str, row: dict[str, Any], school: School, gone: Gone) -> dict[str, Any]:
    """What is another in a row that stays."""
    if table == "student" and row["id"] in gone.names:
        numbers = {"upn": f"former-{row['id']}", "admission": None}
        names = {"legal_forename": "Former", "legal_surname": "student"}
        return numbers | names | {"preferred_forename": None, "preferred_surname": None}
    if table == "staff" and row["id"] == "a.adeyemi":
        return {"forename": "Former", "surname": "colleague", "password_hash": None}
    if table == "assist":
        return {"message": ""}  # it is more than seven years ago
    if table == "stay" and row["student"] in gone.names:
        return {"note": None}
    if table == "apart" and {row["one"], row["other"]} <= gone.names:
        return {"reason": ""}
    return {key: without(row[key], school, gone) for key in ("note", "reason", "why") if row.get(key)}


def bare(row: dict[str, Any], touched: bool) -> dict[str, Any]:
    """A row that was changed has a new number, and no other."""
    return {key: value for key, value in row.items() if key != "rev"} if touched else row


def without(text: str, school: School, gone: Gone) -> str:
    for student in gone.names:
        _, surname, forename = school.names[student]
        for form in (f"{forename} {surname}", f"{surname}, {forename}", forename, surname):
            text = text.replace(form, REMOVED)
    return text


def check_log(gone: Gone, before: dict[Any, dict[str, Any]], after: dict[Any, dict[str, Any]]) -> None:
    """Every operation is where it was and has its digest. What is about those gone has nothing else."""
    assert before.keys() == after.keys()
    theirs = set[str]()
    for key, was in before.items():
        now, body, name = after[key], json.loads(was["body"]), f"{was['device_id']}.{was['incarnation']}.{was['n']}"
        assert {column: was[column] for column in SKELETON} == {column: now[column] for column in SKELETON}
        if is_theirs(was, body, gone) or theirs & {value for value in body.values() if isinstance(value, str)}:
            theirs |= {name} if was["kind"] not in SETTLING else set()
        if name in theirs or was["settled_at"]:
            assert now["kind"] in ("erased", "tuck.shelf"), was
            assert (now["by"], now["wall"], now["subject"], now["reason"]) == ("", "", None, None)
            assert json.loads(now["body"]).keys() <= {"item", "stock"}
        else:
            assert now | {"body": "", "rev": 0} == was | {"body": "", "rev": 0}
            assert json.loads(now["body"]).keys() == body.keys()


def is_theirs(operation: dict[str, Any], body: dict[str, Any], gone: Gone) -> bool:
    student, kind = int(body.get("student", 0)), operation["kind"]
    if kind.startswith(KEPT_A_YEAR):
        return student in gone.after[1]
    if kind.startswith("reward."):
        return student in gone.after[7]
    return operation["status"] == "refused" and student in gone.names


def check_names(school: School, gone: Gone, after: Tables) -> None:
    """Nowhere in the database, and on SQLite nowhere in its files."""
    names = {name for student in gone.names for name in school.names[student]}
    texts = [str(value) for rows in after.values() for row in rows.values() for value in row.values()]
    assert [text for text in texts if any(name in text for name in names)] == []
    if db.engine.dialect.name == "sqlite":
        db.session.remove()
        file = Path(str(db.engine.url.database))
        content = b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))
        assert b"Former" in content
        assert [name for name in names if name.encode() in content] == []


def check_tablets(school: School) -> None:
    """A tablet that was silent for eight years hears of everything, and what it sends again is known."""
    count = len(all_rows()["operation"])
    for tablet in school.tablets[:2]:
        tablet.pull()
        new = replace(tablet, cursor=0, rows={})
        new.pull()
        assert tablet.rows == new.rows
        answer = tablet.push()
        assert (answer.status_code, answer.json["upto"]) == (200, len(tablet.ops))
        assert [note for note in answer.json["notes"] if note["status"] != "superseded"] == []
    aside = all_rows()["quarantined"]
    assert school.tablets[2].push().status_code == 401
    assert all_rows()["quarantined"] == aside
    assert len(all_rows()["operation"]) == count
