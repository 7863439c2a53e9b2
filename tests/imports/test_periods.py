from datetime import UTC, date, datetime

from tests.imports.conftest import PERIODS, Import
from webapp.models import Lesson, Period, db
from webapp.sync.log.revisions import head

HEADINGS = "period,start,end,kind\n"


def test_bell_schedule_is_what_the_file_says(bring_in: Import):
    assert bring_in("periods", HEADINGS + "1,9:00,9:50,Lesson\nLunch,12:30:00,13:10,lunch\n")["added"] == 2
    periods = db.session.query(Period).order_by(Period.starts)
    assert [(p.name, p.starts, p.ends, p.kind) for p in periods] == [
        ("1", "09:00", "09:50", "lesson"),
        ("Lunch", "12:30", "13:10", "lunch"),
    ]


def test_importing_again_changes_nothing(school: Import):
    before = head()
    assert school("periods", PERIODS)["unchanged"] == 3
    assert head() == before


def test_new_times_move_the_lessons(school: Import):
    assert school("periods", HEADINGS + "1,08:30,09:20,lesson\n")["changed"] == 1
    lesson = db.session.query(Lesson).filter_by(day=date(2026, 3, 9), period="1", group_id="8B").one()
    assert (lesson.starts, lesson.ends) == (
        datetime(2026, 3, 9, 8, 30, tzinfo=UTC),
        datetime(2026, 3, 9, 9, 20, tzinfo=UTC),
    )


def test_every_wrong_line_is_named(bring_in: Import):
    result = bring_in(
        "periods",
        HEADINGS
        + "1,09:00,09:50,lesson\n"
        + "2,09:40,10:30,lesson\n"
        + "3,11:00,10:50,lesson\n"
        + "4,12:00,12:00,lesson\n"
        + "1,13:00,13:50,lesson\n"
        + "5,1400,25:00,club\n"
        + "6,,15:00,lesson\n",
    )
    a_time = "a time such as 09:05"
    assert [tuple(problem.values()) for problem in result["problems"]] == [
        (3, "start", "09:40", "a time from 09:50 on, when period 1 ends"),
        (4, "end", "10:50", "a time after the start"),
        (5, "end", "12:00", "a time after the start"),
        (6, "period", "1", "each period once; line 2 has it already"),
        (7, "start", "1400", a_time),
        (7, "end", "25:00", a_time),
        (7, "kind", "club", "lesson, registration, break or lunch"),
        (8, "start", "", a_time),
    ]
    assert db.session.query(Period).count() == 0
