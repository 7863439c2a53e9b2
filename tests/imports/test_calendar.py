from datetime import date

import pytest

from tests.imports.conftest import CALENDAR, Import
from webapp.domain.time.calendar import Span
from webapp.models import CalendarEntry, db
from webapp.school.calendar import load_calendar
from webapp.sync.log.revisions import head

HEADINGS = "kind,name,start,end\n"


def test_calendar_is_what_the_file_says(bring_in: Import):
    result = bring_in("calendar", CALENDAR + "Closure,Staff training,03/03/2026,2026-03-03\n")
    assert result == {"added": 3, "changed": 0, "unchanged": 0, "problems": [], "exit": 0}
    calendar = load_calendar()
    assert calendar.years == (Span("2025/26", date(2025, 9, 1), date(2026, 7, 17)),)
    assert calendar.half_terms == (Span("Spring 2", date(2026, 2, 23), date(2026, 3, 27)),)
    assert calendar.closures == (Span("Staff training", date(2026, 3, 3), date(2026, 3, 3)),)


def test_importing_again_changes_nothing(school: Import):
    before = head()
    assert school("calendar", CALENDAR)["unchanged"] == 2
    assert head() == before


def test_year_or_half_term_that_was_moved_or_renamed_is_the_same_one(bring_in: Import):
    bring_in("calendar", CALENDAR)
    assert bring_in("calendar", HEADINGS + "half-term,Spring second,16/02/2026,20/03/2026\n")["changed"] == 1
    assert load_calendar().half_terms == (Span("Spring second", date(2026, 2, 16), date(2026, 3, 20)),)


def test_half_terms_of_two_years_may_share_a_name(bring_in: Import):
    bring_in("calendar", CALENDAR)
    assert bring_in("calendar", HEADINGS + "half-term,Spring 2,22/02/2027,26/03/2027\n")["added"] == 1


def test_many_closures_may_bear_one_name(bring_in: Import):
    lines = "closure,INSET,01/09/2025,01/09/2025\nclosure,INSET,05/01/2026,05/01/2026\n"
    assert bring_in("calendar", HEADINGS + lines)["added"] == 2
    assert bring_in("calendar", HEADINGS + lines)["unchanged"] == 2


def test_every_wrong_line_is_named(bring_in: Import):
    result = bring_in(
        "calendar",
        HEADINGS
        + "holiday,Easter,30/03/2026,10/04/2026\n"
        + "year,,01/09/2025,17/07/2026\n"
        + "half-term,Spring 1,05/01/2026,13/02/2026\n"
        + "half-term,Spring 2,13/02/2026,27/03/2026\n"
        + "closure,Snow,2026-02-30,04/03/2026\n"
        + "closure,Ice,04/03/2026,03/03/2026\n"
        + "year,Long,01/09/2026,06/10/2027\n"
        + "closure,Ice,04/03/2026,05/03/2026\n",
    )
    a_date = "a date such as 03/09/2026 or 2026-09-03"
    assert result["exit"] == 1
    assert [tuple(problem.values()) for problem in result["problems"]] == [
        (2, "kind", "holiday", "year, half-term, closure or week"),
        (3, "name", "", "a name"),
        (5, "start", "13/02/2026", "a day after Spring 1, which ends on 13/02/2026"),
        (6, "start", "2026-02-30", a_date),
        (7, "end", "03/03/2026", "a day not before the start"),
        (8, "end", "06/10/2027", "a day within 400 days of the start"),
        (9, "name", "Ice", "each year, half term or closure once; line 7 has it already"),
    ]
    assert db.session.query(CalendarEntry).count() == 0


@pytest.mark.parametrize("content", ["", "\n\n", " , \n"])
def test_empty_file_is_a_problem(bring_in: Import, content: str):
    [problem] = bring_in("calendar", content)["problems"]
    assert problem == {"line": 1, "column": "", "value": "", "expected": "a first line with the column names"}


def test_file_without_lines_is_a_problem(bring_in: Import):
    [problem] = bring_in("calendar", HEADINGS)["problems"]
    assert problem["expected"] == "at least one line below the column names"


def test_every_missing_column_is_named(bring_in: Import):
    problems = bring_in("calendar", "\nkind,title,start\nyear,2025,01/09/2025\n")["problems"]
    assert [(problem["line"], problem["column"]) for problem in problems] == [(2, "Name"), (2, "End")]


def test_comma_that_is_not_quoted_is_a_problem(bring_in: Import):
    [problem] = bring_in("calendar", HEADINGS + "year,Term, 2025,01/09/2025,17/07/2026\n")["problems"][-1:]
    assert problem["line"] == 2


def test_dry_run_tells_and_keeps_nothing(bring_in: Import):
    before = head()
    assert bring_in("calendar", CALENDAR, "--dry-run")["added"] == 2
    assert db.session.query(CalendarEntry).count() == 0
    assert head() == before
