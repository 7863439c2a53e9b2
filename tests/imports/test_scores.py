from datetime import UTC, datetime

from tests.imports.conftest import Import
from webapp.models import Level, Operation, Score, db
from webapp.sync.log.revisions import head

HEADINGS = "date,period,upn,score\n"
MONDAY = "02/03/2026"


def marks() -> dict[tuple[int, int], str | None]:
    return {(score.student_id, score.lesson_id): score.mark for score in db.session.query(Score)}


def test_scores_become_operations_and_marks(school: Import):
    lines = f"{MONDAY},1,A1,5\n{MONDAY},1,A2,a\n2026-03-02,2,A1,E\n{MONDAY},2,A2,\n{MONDAY},1,A3,0\n"
    result = school("scores", HEADINGS + lines)
    assert (result["added"], result["changed"], result["unchanged"]) == (4, 0, 1)
    assert sorted(filter(None, marks().values())) == ["0", "5", "authorised", "exempt"]
    assert {operation.device_id for operation in db.session.query(Operation)} == {"import"}


def test_score_is_given_at_the_end_of_its_lesson_or_now(school: Import):
    school("scores", HEADINGS + f"{MONDAY},1,A1,5\n09/03/2026,1,A1,4\n")
    first, second = db.session.query(Score).order_by(Score.at)
    assert first.at == datetime(2026, 3, 2, 9, 50, tzinfo=UTC)
    assert second.at == datetime(2026, 3, 3, 10, 21, 7, tzinfo=UTC)
    assert (first.by, second.by) == ("", "")


def test_importing_again_changes_nothing(school: Import):
    lines = HEADINGS + f"{MONDAY},1,A1,5\n{MONDAY},1,A2,A\n"
    school("scores", lines)
    before = head()
    assert school("scores", lines)["unchanged"] == 2
    assert head() == before
    assert db.session.query(Operation).count() == 2


def test_corrected_score_changes_and_a_blank_one_stays(school: Import):
    school("scores", HEADINGS + f"{MONDAY},1,A1,5\n{MONDAY},1,A2,4\n")
    result = school("scores", HEADINGS + f"{MONDAY},1,A1,3\n{MONDAY},1,A2,\n")
    assert (result["changed"], result["unchanged"]) == (1, 1)
    assert set(marks().values()) == {"3", "4"}


def test_scores_earn_levels(school: Import):
    school("scores", HEADINGS + f"{MONDAY},1,A1,5\n{MONDAY},2,A1,4\n{MONDAY},1,A2,1\n")
    levels = db.session.query(Level).filter_by(week="2026-W11").order_by(Level.student_id)
    assert [(level.level, level.sum, level.count) for level in levels] == [("creative", 9, 2), (None, 1, 1)]


def test_closure_entered_late_moves_the_levels(school: Import):
    school("scores", HEADINGS + f"{MONDAY},1,A1,5\n")
    school("calendar", "kind,name,start,end\nclosure,Flood,09/03/2026,13/03/2026\n")
    assert db.session.query(Level).filter_by(week="2026-W13").one().from_week == "2026-W10"


def test_every_wrong_line_is_named(school: Import):
    result = school(
        "scores",
        HEADINGS
        + f"{MONDAY},1,A1,6\n"
        + f"{MONDAY},1,A9,5\n"
        + f"{MONDAY},3,A1,5\n"
        + f"{MONDAY},2,A3,5\n"
        + "07/03/2026,1,A1,5\n"
        + "2/3,1,A1,5\n"
        + f"{MONDAY},1,A2,5\n"
        + f"{MONDAY},1,A2,4\n"
        + f"{MONDAY},,A1,4.5\n",
    )
    a_score = "0 to 5, A for authorised, E for exempt, or nothing for unmarked"
    assert [tuple(problem.values()) for problem in result["problems"]] == [
        (2, "score", "6", a_score),
        (3, "upn", "A9", "the UPN of a student of the school"),
        (4, "period", "3", "a period in which 8B has a lesson on 02/03/2026"),
        (5, "period", "2", "a period in which 9H has a lesson on 02/03/2026"),
        (6, "period", "1", "a period in which 8B has a lesson on 07/03/2026"),
        (7, "date", "2/3", "a date such as 03/09/2026 or 2026-09-03"),
        (9, "upn", "A2", "each student in a lesson once; line 8 has it already"),
        (10, "period", "", "a period"),
        (10, "score", "4.5", a_score),
    ]
    assert marks() == {}
    assert db.session.query(Operation).count() == 0


def test_dry_run_keeps_no_mark(school: Import):
    before = head()
    assert school("scores", HEADINGS + f"{MONDAY},1,A1,5\n", "--dry-run")["added"] == 1
    assert (marks(), head()) == ({}, before)
