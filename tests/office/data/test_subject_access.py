"""Everything about one student, to give away: it is all there, and nobody else is in it."""

import csv
import io
import json
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from datetime import time as datetime_time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.asked import statements
from tests.builders import create_group, create_staff, create_student, create_tablet, create_year
from tests.office.conftest import Person, Sign
from webapp.demo.people import STAFF, STUDENTS
from webapp.domain.access.rights import DATA, PAGES
from webapp.domain.access.roles import role_key
from webapp.domain.operations import KINDS
from webapp.domain.operations.kind import PUT_ASIDE
from webapp.domain.text.folding import fold
from webapp.domain.text.redaction import WORDS
from webapp.domain.time.calendar import week_of
from webapp.models import AuditLine, Device, Lesson, Operation, Quarantined, Score, Student, db
from webapp.office.data.subject_facts import HEADINGS, SHOWN_ON
from webapp.office.data.subject_log import PEOPLE
from webapp.office.parts.wording import _READERS, POINTERS
from webapp.school import clock
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import RevCounter, writing
from webapp.sync.operations import HANDLERS

SUBJECT = ("Haddow", "Rowan")
PERIODS = ("1", "2", "3", "4", "5")
A_MARK = 3
"""How often the database may be asked for each mark of a year, so that the answer takes seconds."""
LIMIT = {"student": "1", "cap": "none", "from": "2026-03-03", "until": None}


def names() -> list[tuple[str, str]]:
    """Forename and surname of everybody, as they go by."""
    found = [entry.strip().split(",") for entry in STUDENTS.replace("\n", " ").split(";")]
    return [(parts[-1], parts[0]) for parts in found]


def school_days() -> Iterator[date]:
    day = date(2025, 9, 2)
    while day <= date(2026, 7, 20):
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


def create_lessons() -> list[int]:
    """A year of lessons of 8H."""
    with writing() as revs:
        lessons = [a_lesson(day, period, revs.next()) for day in school_days() for period in PERIODS]
        db.session.add_all(lessons)
        db.session.flush()
        return [lesson.id for lesson in lessons]


def a_lesson(day: date, period: str, rev: int) -> Lesson:
    begins = clock.local_moment(day, datetime_time(8 + int(period)))
    times = {"starts": begins, "ends": begins + timedelta(minutes=50)}
    names = {"group_id": "8H", "subject": "Maths", "staff_id": "h.rahman"}
    return Lesson(day=day, week=week_of(day), period=period, rev=rev, **times, **names)


def record(*drafts: tuple[str, dict[str, Any]], by: str = "c.quartey") -> list[Any]:
    """What became of entries made at the desk."""
    with writing() as revs:
        return enter(revs, *drafts, by=by)


def enter(revs: RevCounter, *drafts: tuple[str, dict[str, Any]], by: str = "c.quartey") -> list[Any]:
    entries = [Draft(kind, by, body, clock.now()) for kind, body in drafts]
    return submit(revs, own_device("browser"), entries)


def id_of_last() -> str:
    device = own_device("browser")
    return f"browser.{device.incarnation}.{device.upto}"


@pytest.fixture
def subject(app: Flask) -> Student:
    """Rowan Haddow at a school of all demo names, with a year of marks, corrections, and notes full of others."""
    create_year()
    create_group("8H")
    for username, surname, forename, role in STAFF:
        create_staff(username, role_key(role) or "", surname=surname, forename=forename)
    students = {name: create_student(name[0], name[1], group="8H").id for name in names()}
    subject = students[SUBJECT[1], SUBJECT[0]]
    lessons = create_lessons()
    marks = [("score.record", {"student": str(subject), "lesson": str(id), "mark": id % 6}) for id in lessons]
    corrected = [("score.record", {"student": str(subject), "lesson": str(id), "mark": 5}) for id in lessons[:30]]
    others = [(name, str(id)) for name, id in students.items() if id != subject]
    with writing() as revs:
        enter(revs, *marks, *corrected)
        for i, (name, other) in enumerate(others):
            live_with(revs, str(subject), name, other, i)
        enter(revs, ("score.record", {"student": str(subject), "lesson": "9999999", "mark": 3}))
    return db.session.get_one(Student, subject)


FORMS = ("{0} {1}", "{1}, {0}", "{0} {1}’s friend", "with {1} again", "and {0}, who cried", "{0} {2}.")


def live_with(revs: RevCounter, subject: str, name: tuple[str, str], other: str, i: int) -> None:
    """A stay and sometimes more, each with words about another student."""
    text = "He fell out: " + FORMS[i % len(FORMS)].format(*name, name[1][0])
    enter(revs, ("space.enter", {"space": "hazel", "student": subject, "staff": "y.haddad"}))
    enter(revs, ("space.leave", {"stay": id_of_last(), "free_to_leave": i % 9 > 0, "helped": [], "note": text}))
    if i % 8 == 0:
        limit = {"student": subject, "cap": "none", "from": "2026-03-03", "until": None, "reason": text}
        enter(revs, ("reward.cap", limit))
        enter(revs, ("reward.lift", {"cap": id_of_last()}))
        enter(revs, ("apart.set", {"students": [subject, other], "reason": text}))
        plan = {"space": "hazel", "kind": "", "students": [subject, other], "staff": "e.demirtas"}
        enter(revs, ("plan.make", plan))  # refused: it says no time


def opened(answer: Any) -> dict[str, str]:
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def test_line_7_a_year_comes_in_seconds_and_no_other_name_occurs_in_it(app: Flask, subject: Student):
    head = Person(app, "head")
    with statements() as asked:
        files = opened(head.post("/office/data/student", student=str(subject.id)))
    assert len(asked) < A_MARK * db.session.query(Score).count()
    text = "\n".join(unicodedata.normalize("NFC", content) for content in files.values())
    ours = {SUBJECT[0], SUBJECT[1], *(part for staff in STAFF for part in (staff[1], staff[2])), *WORDS}
    found = [name for name in names() if name != (SUBJECT[1], SUBJECT[0]) and occurs(name, text, ours)]
    assert found == []
    assert text.count("[another student]") >= 3 * len(names())
    assert "Rowan Haddow" in text
    check_complete(files)


def occurs(name: tuple[str, str], text: str, ours: set[str]) -> bool:
    """Whether somebody's name in full, or the surname or the forename alone, is in a text."""
    forename, surname = (unicodedata.normalize("NFC", part) for part in name)
    whole = (f"{forename} {surname}", f"{surname}, {forename}", f"{forename} {surname[0]}.")
    alone = [part for part in (forename, surname) if part not in ours and len(part) > 3]
    return any(form in text for form in (*whole, *alone))


def check_complete(files: dict[str, str]) -> None:
    """Everything that was recorded is there, in each of the three forms."""
    data = json.loads(files["data.json"])
    lessons = len(list(school_days())) * len(PERIODS)
    assert len(data["marks"]) == lessons
    assert data["marks"][0]["By"] == "Comfort Quartey (Head)"
    assert data["marks"][0]["Mark"].startswith("5")
    marks = [entry for entry in data["history"] if entry["What"].startswith("Mark")]
    assert len(marks) == lessons + 31  # with thirty corrections, and one that could not be used
    assert [entry for entry in data["history"] if "no longer on the timetable" in entry["What became of it"]]
    assert len(data["stays"]) == len(names()) - 1
    assert len(data["limits"]) == len(data["apart"]) == len(names()) // 8
    assert data["restrictive-interventions"]
    assert {row["Who"] for row in data["apart"]} == {"another student"}
    assert [row["What"] for row in data["audit"]] == ["Prepared all that is held about a student"]
    for key, rows in data.items():
        lines = list(csv.reader(io.StringIO(files[f"tables/{key}.csv"])))
        assert len(lines) == len(rows) + 1
    page = files["index.html"]
    assert "<script" not in page
    assert 'href="subject.css"' in page
    assert page.count("<h2") == len(data)


def test_formulas_in_what_somebody_wrote_stay_text(sign_in: Sign):
    head = sign_in("head")
    limit = {"student": "1", "cap": "none", "from": "2026-03-03", "until": None, "reason": "=1+1"}
    assert record(("reward.cap", limit), by="head") == [None]
    files = opened(head.post("/office/data/student", student="1"))
    assert "'=1+1" in files["tables/limits.csv"]


def test_it_is_noted_who_gave_it_out(sign_in: Sign):
    sign_in("safeguarding-lead").post("/office/data/student", student="1")
    line = db.session.query(AuditLine).filter_by(event="student.export").one()
    assert (line.by, line.about) == ("safeguarding-lead", "student:1")


def test_without_a_student_the_page_asks_for_one(sign_in: Sign):
    head = sign_in("head")
    assert "Prepare the file" in head.get("/office/data").text
    answer = head.post("/office/data/student", student="999")
    assert answer.status_code == 422
    assert "Choose a student." in answer.text


@pytest.mark.parametrize("role", sorted(DATA))
def test_nobody_gets_through_the_file_what_the_pages_refuse(sign_in: Sign, role: str):
    person = sign_in(role)
    files = opened(person.post("/office/data/student", student="1"))
    data = json.loads(files["data.json"])
    for part, pages in SHOWN_ON.items():
        may = all(PAGES[page].allows(role) for page in pages)
        assert (part in data, f"tables/{part}.csv" in files) == (may, may), part
        assert may or HEADINGS[part] in files["index.html"]
        assert may or HEADINGS[part] in person.get("/office/data").text


def test_the_office_reads_nothing_of_a_restrictive_intervention_in_the_log(sign_in: Sign):
    record(("space.enter", {"space": "hazel", "student": "1", "staff": "head"}))
    record(("restraint.complete", {"student": "1", "restraint": id_of_last()}))
    assert "restraint" not in opened(sign_in("office").post("/office/data/student", student="1"))["data.json"]
    assert "restraint" in opened(sign_in("head").post("/office/data/student", student="1"))["data.json"]


def test_everything_by_which_others_are_known_goes(sign_in: Sign):
    head = sign_in("head")
    with writing():
        inaya = db.session.get_one(Student, 2)
        inaya.upn, inaya.admission = "H801200001042", "004711"
    assert record(("board.name", {"student": "2", "alias": "Sparkle", "opted_out": False}), by="head") == [None]
    said = "INAYA, begum, sparkle, H801200001042, 004711, i.begum@school.uk, In\u200baya. A friend."
    limit = {"student": "1", "cap": "none", "from": "2026-03-03", "until": None, "reason": said}
    assert record(("reward.cap", limit), by="head") == [None]
    text = fold("".join(opened(head.post("/office/data/student", student="1")).values()))
    for trace in ("inaya", "begum", "sparkle", "h8012", "4711", "school.uk"):
        assert trace not in text, trace
    assert "a friend" in text


ANOTHERS = ("inaya.begum", "Inaya Begum", ["Inaya"], {"Begum": ["Inaya", {"Inaya": "Begum"}]})


def with_names(kinds: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field that is known, and one that is not, with another student's name in it."""
    for at, field in enumerate(sorted({*_READERS, *POINTERS, *PEOPLE, "Inaya"} - {"student"})):
        for i, value in enumerate(ANOTHERS):
            yield kinds[(at * len(ANOTHERS) + i) % len(kinds)], {"student": "1", field: value}
    yield "inaya.begum", {"student": "1"}


@pytest.mark.parametrize("is_revoked", [False, True], ids=["refused", "put aside"])
def test_whatever_a_tablet_sent_no_other_is_named_in_what_was_made_of_it(app: Flask, sign_in: Sign, is_revoked: bool):
    head, tablet = sign_in("head"), create_tablet(app)
    for kind, body in with_names(sorted(HANDLERS)):
        tablet.record(kind, body)
        tablet.record(kind, body, by="inaya.begum")
    if is_revoked:
        with writing():
            device = db.session.get_one(Device, tablet.device)
            device.revoked_at = clock.now()
    tablet.push()
    assert db.session.query(Quarantined if is_revoked else Operation).count() > 100
    files = opened(head.post("/office/data/student", student="1"))
    assert len(json.loads(files["data.json"])["put-aside" if is_revoked else "history"]) > 100
    told = [line for content in files.values() for line in content.splitlines() if traces(line)]
    assert told == []


def traces(text: str) -> bool:
    return any(name in fold(text) for name in ("inaya", "begum"))


def test_the_archive_itself_names_nobody_else(sign_in: Sign):
    answer = sign_in("head").post("/office/data/student", student="1")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert not archive.comment
        assert not any(entry.comment or entry.extra for entry in archive.infolist())
        assert not traces(" ".join(archive.namelist()) + answer.headers["Content-Disposition"])
        assert not any(name.startswith("/") or ".." in name for name in archive.namelist())


def test_the_command_makes_the_same_file_for_the_owner_alone(app: Flask, sign_in: Sign, tmp_path: Path):
    head = sign_in("head")
    assert record(("reward.cap", LIMIT | {"reason": "with Inaya and Begum"}), by="head") == [None]
    with writing():
        db.session.get_one(Student, 1).upn = "H801200001042"
    path = tmp_path / "zoe.zip"
    path.touch(mode=0o644)  # one from before, for everybody
    result = app.test_cli_runner().invoke(args=["subject-access", "H801200001042", str(path)])
    assert result.exit_code == 0, result.output
    assert path.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(path) as archive:
        made = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert not any(traces(content) for content in made.values())
    asked = opened(head.post("/office/data/student", student="1"))
    assert made.keys() == asked.keys()
    assert json.loads(made["data.json"])["limits"] == json.loads(asked["data.json"])["limits"]


def test_each_kind_of_entry_belongs_to_a_part():
    """Else it would go to everybody who may see what was put aside."""
    assert {kind.section for kind in KINDS.values()} <= HEADINGS.keys()
    put_aside = {kind.noun for kind in KINDS.values() if kind.section == PUT_ASIDE}
    assert put_aside == {"card", "refusal", "quarantine"}
