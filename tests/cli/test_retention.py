"""`retention`: a look, and deleting only with --run."""

from datetime import date

from tests.builders import Tablet
from tests.cli.conftest import Run, mark
from webapp.models import RetentionRun, Score, Student, db
from webapp.sync.log.revisions import writing


def leave(day: date) -> None:
    with writing():
        db.session.get_one(Student, 1).left = day


def test_a_look_says_how_much_is_past_its_time_and_deletes_nothing(run: Run, run_json, tablet: Tablet):
    mark(tablet, 5, 4)
    leave(date(2024, 7, 20))
    output = run("retention").output
    assert "of 1 student, kept 1 year after the student leaves" in output
    assert output.endswith("Nothing was deleted. --run deletes it.\n")
    answer = run_json("retention")
    assert (answer["past"]["marks"]["people"], answer["deleted"]) == (1, False)
    assert db.session.query(Score).count() == 2


def test_with_run_it_is_deleted_and_the_desk_has_the_report(run: Run, tablet: Tablet):
    mark(tablet, 5, 4)
    leave(date(2024, 7, 20))
    result = run("retention", "--run")
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "Deleted.")
    assert db.session.query(Score).count() == 0
    report = db.session.query(RetentionRun).one()
    assert (report.by, report.swept) == ("command line", True)
    assert run("retention", "--run").output == "Nothing is past its time.\n"


def test_students_who_are_here_keep_everything(run_json, tablet: Tablet):
    mark(tablet, 5, 4)
    leave(date(2026, 3, 2))  # yesterday
    answer = run_json("retention", "--run")
    assert (answer["deleted"], answer["report"]) == (False, None)
    assert db.session.query(Score).count() == 2
