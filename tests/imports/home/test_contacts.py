from typing import Any

import pytest
from flask import Flask

from tests.imports.conftest import Import
from webapp.imports.undo.undo import undo
from webapp.models import Contact, ImportRun, Student, db

HEADINGS = "upn,order,surname,forename,relationship,responsibility,phone,email,language,contact\n"
ZOE = (
    "A1,2,Okafor,Chima,Father,no,,,,Do not contact: court order of 3 March 2026\n"
    "A1,1,Okafor,Ada,Mother,yes,07700 900123,Ada@Home.Example,Igbo,\n"
)
INAYA = "A2,1,Begum,Sana,Mother,yes,07700 900456,,,\n"


def held(upn: str) -> list[Any]:
    query = db.session.query(Contact).join(Student, Student.id == Contact.student_id).filter(Student.upn == upn)
    return [(one.name, one.responsibility, one.do_not_contact, one.note) for one in query.order_by(Contact.place)]


def test_contacts_stand_in_their_order(school: Import):
    assert school("contacts", HEADINGS + ZOE)["added"] == 2
    assert held("A1") == [
        ("Ada Okafor", True, False, None),
        ("Chima Okafor", False, True, "court order of 3 March 2026"),
    ]
    ada = db.session.query(Contact).filter_by(forename="Ada").one()
    assert (ada.phone, ada.email, ada.language) == ("07700 900123", "ada@home.example", "Igbo")


def test_headings_of_the_schools_systems_are_known_and_the_students_own_name_is_not_taken(school: Import):
    file = (
        "Surname;Contact Surname;Contact Forename;Priority;Unique Pupil Number;Relationship to Student;"
        "PARENTAL RESPONSIBILITY;Mobile\nPrice;Rhys-Price;Nia;1;a3;Mother;Yes;+44 7700 900789\n"
    )
    assert school("contacts", file)["added"] == 1
    assert held("A3") == [("Nia Rhys-Price", True, False, None)]


def test_a_file_is_the_whole_list_of_the_students_it_names(school: Import):
    school("contacts", HEADINGS + ZOE + INAYA)
    assert school("contacts", HEADINGS + ZOE + INAYA)["unchanged"] == 3
    result = school("contacts", "upn,surname,forename,phone\nA1,Okafor,Ada,07700 900999\n")
    assert (result["added"], result["changed"]) == (0, 2)
    assert [name for name, *_ in held("A1")] == ["Ada Okafor"]
    assert held("A1")[0][1] is True  # what a missing column would have said stays
    assert len(held("A2")) == 1


def test_an_import_can_be_undone(school: Import, app: Flask):
    school("contacts", HEADINGS + ZOE + INAYA)
    before = held("A1"), held("A2")
    school("contacts", HEADINGS + "A1,1,Okafor,Ada,Aunt,no,,,,no\n")
    run = db.session.query(ImportRun).order_by(ImportRun.id.desc()).first()
    assert run is not None
    assert undo(run.id, "") is None
    assert (held("A1"), held("A2")) == before


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("", (False, None)),
        ("Yes", (False, None)),
        ("DO NOT CONTACT", (True, None)),
        ("No", (True, None)),
        ("Do not contact - Court order: see file", (True, "Court order: see file")),
        ("Court order: must not contact", (True, "Court order: must not contact")),
        ("Court order: supervised only", (False, "Court order: supervised only")),
        ("Non-molestation order", (False, "Non-molestation order")),
    ],
)
def test_what_is_said_of_contact(school: Import, cell: str, said: object):
    assert school("contacts", f"{HEADINGS}A1,1,Okafor,Ada,Mother,yes,,,,{cell}\n")["exit"] == 0
    assert held("A1")[0][2:] == said


def test_every_wrong_cell_is_told(school: Import):
    lines = "B9,1,Day,Di,,,,,,\nA1,first,,Ada,,perhaps,call me,not an address,,\n"
    lines += "A2,1,Begum,Sana,,,,,,\nA2,2,begum,Sana,,,,,,\n"
    result = school("contacts", HEADINGS + lines)
    assert {(one["line"], one["column"]) for one in result["problems"]} == {
        *((3, column) for column in ("order", "surname", "responsibility", "phone", "email")),
        *((2, "upn"), (5, "surname")),
    }
    assert db.session.query(Contact).count() == 0
