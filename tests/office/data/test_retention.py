"""What is kept, and how long: looked at, deleted by somebody who is sure, and reported."""

import io
import re
import zipfile
from datetime import date

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.builders import create_student
from tests.builders_rewards import do, give
from tests.office.conftest import Person, Sign
from webapp.models import AuditLine, RetentionRun, Score, Stay, Student, db
from webapp.school import clock
from webapp.sync.log.revisions import writing

RULES, NOW = "/office/data/kept", "/office/data/kept/now"


@pytest.fixture
def leaver(app: Flask, people: None) -> Student:
    """Lou, who was marked twice and left more than a year ago."""
    lou = create_student("Lou", "Sandoval", year=11, left=date(2024, 7, 20))
    give(lou, 5)
    give(lou, 3, date(2026, 2, 26))
    return lou


def seen(answer: TestResponse) -> str:
    found = re.search(r'name="seen" value="(\w+)"', answer.text)
    assert found
    return found[1]


def marks() -> int:
    db.session.rollback()
    return db.session.query(Score).count()


def lines(event: str) -> list[AuditLine]:
    db.session.rollback()
    return db.session.query(AuditLine).filter_by(event=event).all()


def delete_now(person: Person, **form: str) -> TestResponse:
    return person.post(NOW, seen=seen(person.get(NOW)), **form)


def test_each_kind_stands_with_its_time_and_how_many_are_past_it(sign_in: Sign, leaver: Student):
    page = sign_in("office").get(RULES).text
    for words in (
        "Marks and levels",
        "1 year after the student leaves",
        "records of 1 student",
        "Until the student is 25",
    ):
        assert words in page
    assert "Backups hold what was deleted" in page
    assert "Lou" not in page
    assert lines("retention.view") == []


def test_the_next_page_names_whose_records_would_go_and_the_look_is_noted(sign_in: Sign, leaver: Student):
    page = sign_in("safeguarding-lead").get(NOW).text
    assert "<bdi>Lou Sandoval</bdi>" in page
    assert "Zoë" not in page
    assert "Delete these now" not in page
    assert [line.by for line in lines("retention.view")] == ["safeguarding-lead"]


def test_nothing_is_deleted_before_somebody_is_sure(sign_in: Sign, leaver: Student):
    asked = delete_now(sign_in("head"))
    assert "Marks and levels:" in asked.text
    assert "Nothing has changed yet." in asked.text
    assert marks() == 2


def test_what_is_deleted_is_reported_and_noted_without_names(sign_in: Sign, leaver: Student):
    head = sign_in("head")
    answer = delete_now(head, sure="yes")
    assert (answer.status_code, marks()) == (303, 0)
    report = head.get(answer.headers["Location"]).text
    assert "Kit Head" in report
    assert "records of 1 student" in report
    assert "Lou" not in report
    assert "written anew" in report
    line = lines("retention.run")[0]
    assert (line.by, line.about) == ("head", "retention:1")
    assert "Lou" not in line.facts
    assert "Nothing is past its time." in head.get(NOW).text
    assert "/office/data/kept/reports/1" in head.get(RULES).text


def test_what_came_since_the_look_is_shown_before_anything_goes(sign_in: Sign, leaver: Student):
    head = sign_in("head")
    looked = seen(head.get(NOW))
    create_student("Max", "Oduya", left=date(2024, 7, 20))
    give(6, 4)
    answer = head.post(NOW, seen=looked, sure="yes")
    assert answer.status_code == 422
    assert "Something else is past its time by now" in answer.text
    assert "Max Oduya" in answer.text
    assert (marks(), db.session.query(RetentionRun).count()) == (3, 0)


@pytest.mark.parametrize("forged", ["", "0" * 64])
def test_a_form_that_names_nothing_deletes_nothing(sign_in: Sign, leaver: Student, forged: str):
    assert sign_in("head").post(NOW, seen=forged, sure="yes").status_code == 422
    assert marks() == 2


def test_when_nothing_is_past_its_time_nothing_can_be_deleted(sign_in: Sign):
    head = sign_in("head")
    assert "Nothing is past its time." in head.get(RULES).text
    assert "Delete these now" not in head.get(NOW).text


def test_a_former_student_is_on_no_list(sign_in: Sign, leaver: Student):
    delete_name(sign_in("head"), leaver)
    assert db.session.get_one(Student, leaver.id).name == "Former student"
    for address in (
        "/office/students?state=left",
        "/office/corrections",
        "/office/cards",
        "/office/data",
        "/office/apart",
    ):
        assert "Former student" not in sign_in("head").get(address).text


def test_a_file_of_somebody_else_stays_readable(sign_in: Sign, leaver: Student):
    """What it says of a former student is said; that there is one takes no words out of it."""
    pair = {"students": ["1", str(leaver.id)], "reason": "Former friends. Lou hit a student, and Inaya saw it."}
    head = sign_in("head")
    assert do("apart.set", pair, "head") is None
    delete_name(head, leaver)
    answer = head.post("/office/data/student", student="1")
    data = zipfile.ZipFile(io.BytesIO(answer.data)).read("data.json").decode()
    assert "Former friends. [former student] hit a student, and [another student] saw it." in data


def test_what_is_left_can_still_be_found_and_corrected(sign_in: Sign, leaver: Student):
    stays = [stay_of(student) for student in (leaver.id, 1)]
    give(1, 4)
    head = sign_in("head")
    delete_name(head, leaver)
    own, others = (head.get(f"/office/corrections/stay/{stay}").text for stay in stays)
    assert "Former student" in own
    assert "Lou" not in own + others
    assert "[former student] was calm" in others
    lesson = db.session.query(Score).filter_by(student_id=1).one().lesson_id
    pages = (f"/mark/1/{lesson}", f"/mark/{leaver.id}/{lesson}", f"?student={leaver.id}")
    assert [head.get(f"/office/corrections{page}").status_code for page in pages] == [200, 200, 200]
    for page in ("records", "tracker", "attention", "audit", "plans", "weekly", "means"):
        assert head.get(f"/office/{page}").status_code == 200


def stay_of(student: int) -> str:
    """A stay of a student of whom Lou said something, and who was not free to leave."""
    assert do("space.enter", {"space": "hazel", "student": str(student)}, "a.adeyemi") is None
    stay = db.session.query(Stay).filter_by(student=student).one().id
    body = {"stay": stay, "free_to_leave": False, "note": "Lou Sandoval was calm"}
    assert do("space.leave", body, "a.adeyemi") is None
    return stay


def test_a_report_says_if_remains_may_lie_in_the_files(sign_in: Sign):
    with writing():
        db.session.add(RetentionRun(at=clock.now(), by="command line", counts="[]"))
    page = sign_in("office").get("/office/data/kept/reports/1").text
    assert "The command line" in page
    assert "Remains may still lie in unused parts" in page


def delete_name(head: Person, student: Student) -> None:
    """The student is 25 by now, and so nobody's name."""
    with writing():
        db.session.get_one(Student, student.id).left = date(2010, 7, 20)
    assert delete_now(head, sure="yes").status_code == 303
    db.session.rollback()
