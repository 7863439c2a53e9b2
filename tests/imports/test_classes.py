"""Who is in which class from when: moves, sets and the import of classes. Today is Tuesday 3 March 2026."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.builders import create_group, create_lesson, create_staff, create_year
from tests.imports.conftest import Import
from webapp.models import Group, Membership, Score, Student, db
from webapp.school.classes import load_classes
from webapp.sync.log.revisions import writing
from webapp.sync.tables.memberships import settle

HEADING = "UPN,Legal Surname,Legal Forename,Year,Reg\n"
AMY, BEN = "Z940209012341,Abbott,Amy,8,", "Z940209012342,Brook,Ben,8,"
MONDAY, TUESDAY, THURSDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 5)
ROWS = "UPN,Legal Surname,Legal Forename,Year,Class\n" + f"{AMY}8x/Ma1\n{AMY}8H/En\n{BEN}8x/Ma2\n"
COLUMNS = f"UPN,Legal Surname,Legal Forename,Year,Reg,Class 1,Class 2\n{AMY}8H,8x/Ma1,8H/En\n"


def classes(upn: str, day: date) -> list[str]:
    student = db.session.scalars(select(Student.id).where(Student.upn == upn)).one()
    found = load_classes([student])
    return sorted(group for group in found.of(student) if found.holds(student, group, day))


@pytest.fixture
def two_groups(bring_in: Import) -> Import:
    create_year()
    create_staff()
    for group in ("8H", "8K"):
        create_group(group)
        for day, period in ((MONDAY, "1"), (TUESDAY, "1"), (THURSDAY, "1" if group == "8H" else "2")):
            create_lesson(day, period, group)
    assert bring_in("students", f"{HEADING}{AMY}8H\n{BEN}8H\n")["added"] == 2
    return bring_in


@pytest.mark.parametrize(("options", "first"), [((), TUESDAY), (("--from", "04/03/2026"), date(2026, 3, 4))])
def test_a_student_moves_from_a_day_and_nothing_before_it_changes(
    two_groups: Import, options: tuple[str, ...], first: date
):
    moved = f"{HEADING}{AMY}8K\n{BEN}8H\n"
    assert two_groups("students", moved, *options)["changed"] == 1
    assert classes("Z940209012341", MONDAY) == ["8H"]
    assert classes("Z940209012341", date(2026, 3, 4)) == ["8K"]
    amy = db.session.query(Student).filter_by(upn="Z940209012341").one()
    assert amy.group_id == ("8K" if first == TUESDAY else "8H")
    # A late mark for a lesson of the class she was in.
    score = "date,period,upn,score\n02/03/2026,1,Z940209012341,4\n"
    assert two_groups("scores", score)["added"] == 1
    assert db.session.query(Score).one().lesson_id == 1
    assert two_groups("students", moved, *options)["unchanged"] == 2


def test_a_move_that_is_to_come_waits_for_its_day_and_todays_file_leaves_it(two_groups: Import):
    two_groups("students", f"{HEADING}{AMY}8K\n", "--from", "04/03/2026")
    assert two_groups("students", f"{HEADING}{AMY}8H\n")["unchanged"] == 1
    with writing() as revs:
        settle(revs, date(2026, 3, 4))
    assert db.session.query(Student.group_id).filter_by(upn="Z940209012341").scalar() == "8K"


@pytest.mark.parametrize("content", [ROWS, COLUMNS])
def test_sets_are_made_and_the_registration_group_stays(two_groups: Import, content: str):
    result = two_groups("students", content)
    assert result["exit"] == 0
    assert {"8x/Ma1", "8H/En"} <= set(result["new_groups"])
    assert classes("Z940209012341", TUESDAY) == ["8H", "8H/En", "8x/Ma1"]
    assert classes("Z940209012341", MONDAY) == ["8H"]
    assert db.session.query(Group.kind).filter_by(id="8x/Ma1").scalar() == "class"
    assert two_groups("students", content)["changed"] == 0


def test_whoever_is_new_without_a_registration_group_is_asked_about(two_groups: Import):
    new = "UPN,Legal Surname,Legal Forename,Year,Class\nA1,Dale,Dot,8,8x/Ma1\n"
    asked = two_groups("students", new)
    assert asked["exit"] == 1
    assert "--group" in asked["problems"][0]["expected"]
    assert two_groups("students", new, "--group", "8K")["added"] == 1
    assert classes("A1", MONDAY) == ["8K", "8x/Ma1"]


def test_classes_hold_from_a_day_until_a_day(two_groups: Import):
    content = (
        "upn,class,from,until\n"
        "z940209012341,8x/Ma1,02/03/2026,04/03/2026\nZ940209012341,Reading,05/03/2026,\n"
        "Z940209012341,8H,02/03/2026,03/03/2026\nZ940209012341,8K,04/03/2026,\n"
    )
    assert two_groups("classes", content)["exit"] == 0
    assert classes("Z940209012341", TUESDAY) == ["8H", "8x/Ma1"]
    assert classes("Z940209012341", date(2026, 3, 4)) == ["8K", "8x/Ma1"]
    assert classes("Z940209012341", THURSDAY) == ["8K", "Reading"]
    rows = db.session.query(Membership).count()
    assert two_groups("classes", content)["added"] == 0
    assert db.session.query(Membership).count() == rows
    wrong = two_groups("classes", "upn,class,from,until\nA9,8x/Ma1,,\nZ940209012341,8K,04/03/2026,03/03/2026\n")
    assert [problem["column"] for problem in wrong["problems"]] == ["upn", "until"]
