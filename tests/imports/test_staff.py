from flask import Flask

from tests.builders import create_staff
from tests.imports.conftest import STAFF, Import
from webapp.imports import KINDS, Source, import_content
from webapp.imports.undo.undo import undo
from webapp.models import Staff, db
from webapp.sync.log.revisions import head

HEADINGS = "username,surname,forename,role\n"


def test_staff_are_what_the_file_says(bring_in: Import):
    assert bring_in("staff", "Role,Forename,Surname,Username\nSLT,Ada,Adeyemi-O’Brien,a.adeyemi\n")["added"] == 1
    person = db.session.query(Staff).one()
    assert (person.id, person.username, person.name, person.role) == (
        "a.adeyemi",
        "a.adeyemi",
        "Ada Adeyemi-O’Brien",
        "senior-leader",
    )


def test_importing_again_changes_nothing(school: Import):
    before = head()
    assert school("staff", STAFF)["unchanged"] == 2
    assert head() == before


def test_new_role_keeps_the_password_and_reaches_the_tablets(app: Flask, school: Import):
    app.test_cli_runner().invoke(args=["set-password", "w.kowal", "--password", "tea and toast at four"])
    before = head()
    assert school("staff", HEADINGS + "w.kowal,Kowal,Wit,Tutor\n")["changed"] == 1
    person = db.session.query(Staff).filter_by(username="w.kowal").one()
    assert person.role == "tutor"
    assert person.password_hash
    assert person.rev == before + 1


def test_every_wrong_line_is_named(bring_in: Import):
    result = bring_in(
        "staff",
        HEADINGS + "a b,Adeyemi,Ada,teacher\nw.kowal,,Wit,wizard\nj.reid,Reid,Jo,head\nj.reid,Reid,Jon,head\n",
    )
    assert [tuple(problem.values())[:3] for problem in result["problems"]] == [
        (2, "username", "a b"),
        (3, "surname", ""),
        (3, "role", "wizard"),
        (5, "username", "j.reid"),
    ]
    assert "Teaching assistant" in result["problems"][2]["expected"]
    assert db.session.query(Staff).count() == 0


def test_an_address_belongs_to_one_person(app: Flask, school: Import):
    headings = "username,surname,forename,role,email\n"
    school("staff", f"{headings}m.oakes,Oakes,Mina,Teacher,Mina@School.Example\n")
    assert db.session.query(Staff.email).filter_by(username="m.oakes").scalar() == "mina@school.example"
    lines = "a.ash,Ash,Al,Teacher,mina@school.example\nb.beech,Beech,Bo,Teacher,b@x.uk\nc.cox,Cox,Cy,Teacher,B@X.uk\n"
    problems = school("staff", f"{headings}{lines}d.dell,Dell,Di,Teacher,di\n")["problems"]
    assert [(problem["line"], problem["column"]) for problem in problems] == [(line, "email") for line in (2, 4, 5)]


def test_whoever_does_not_look_after_an_account_cannot_give_it_another_address(school: Import):
    """With the address somebody could sign in as them."""
    create_staff("office", "office")
    create_staff("head", "head", surname="Head", forename="Kit")
    file = (
        "username,surname,forename,role,email\nhead,Head,Kit,head,mine@x.uk\na.adeyemi,Adeyemi,Ada,teacher,ada@x.uk\n"
    )
    problems = import_content(KINDS["staff"], file.encode(), source=Source("staff.csv", "office")).problems
    assert [(problem.line, problem.column) for problem in problems] == [(2, "email")]
    assert "only the head and administrators" in problems[0].expected
    outcome = import_content(KINDS["staff"], file.encode(), source=Source("staff.csv", "head"))
    assert outcome.run is not None
    refusal = undo(outcome.run, "office")
    assert refusal is not None
    assert refusal.reason == "not-allowed"
    assert db.session.get_one(Staff, "head").email == "mine@x.uk"
    assert undo(outcome.run, "head") is None
