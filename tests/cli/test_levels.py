from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.builders import Tablet, create_student
from tests.cli.conftest import Run, mark
from webapp import create_app
from webapp.config import read_settings
from webapp.models import db


def test_levels_as_json_have_one_row_for_each_student_on_roll(tablet: Tablet, run_json: Callable[..., Any]):
    mark(tablet, 5, 5, 4, "authorised", None)
    assert run_json("levels", "--week", "2026-W10") == [
        {
            "student": "2",
            "upn": "A2",
            "name": "Wit Kowal",
            "week": "2026-W10",
            "level": None,
            "earned": None,
            "cap": None,
            "mean": [0, 0],
            "from_week": None,
        },
        {
            "student": "1",
            "upn": "A1",
            "name": "Zoë Okafor",
            "week": "2026-W10",
            "level": "heroic",
            "earned": "heroic",
            "cap": None,
            "mean": [14, 3],
            "from_week": "2026-W09",
        },
    ]


def test_levels_look_back_two_school_weeks_and_no_further(tablet: Tablet, run_json: Callable[..., Any]):
    mark(tablet, 4)
    weeks = [run_json("levels", "--week", f"2026-W{week:02}")[1]["from_week"] for week in (9, 10, 11, 12)]
    assert weeks == [None, "2026-W09", "2026-W09", None]


def test_levels_leave_out_who_is_not_on_roll(tablet: Tablet, run_json: Callable[..., Any]):  # the school
    create_student("Ann", "Left", upn="A3", left=date(2026, 3, 2))
    create_student("Bo", "Leaving", upn="A4", left=date(2026, 3, 3))
    create_student("Cy", "Coming", upn="A5", joined=date(2026, 3, 9))
    assert [row["upn"] for row in run_json("levels", "--week", "2026-W10")] == ["A2", "A4", "A1"]
    assert [row["upn"] for row in run_json("levels", "--week", "2026-W11")] == ["A5", "A2", "A1"]


def test_levels_show_a_cap_also_where_nothing_was_earned(tablet: Tablet, run_json: Callable[..., Any]):
    body = {"cap": "creative", "from": "2026-03-02", "until": "2026-03-06", "reason": "Smoke"}
    for student in ("1", "2"):
        tablet.record("reward.cap", body | {"student": student})
    mark(tablet, 5)
    wit, zoe = run_json("levels", "--week", "2026-W10")
    assert (zoe["level"], zoe["earned"], zoe["cap"]) == ("creative", "heroic", "creative")
    assert (wit["level"], wit["earned"], wit["cap"]) == (None, None, "creative")
    assert [row["cap"] for row in run_json("levels", "--week", "2026-W11")] == [None, None]


def test_levels_in_words_cut_the_mean(tablet: Tablet, run: Run):
    mark(tablet, 5, 5, 4)
    assert "4.66" in run("levels", "--week", "2026-W10").stdout


def test_names_are_shown_as_they_are(tablet: Tablet, run: Run):  # the school
    create_student("[/red]", "[b]Bo")
    result = run("levels", "--week", "2026-W10")
    assert result.exit_code == 0, result.output
    assert "[/red]" in result.stdout


def test_a_week_that_does_not_exist_is_refused_in_words(run: Run):
    for week in ("2026-W54", "2025-W53", "2026-11", "11", "2026-W1", ""):
        result = run("levels", "--week", week)
        assert result.exit_code == 2
        assert "2026-W11" in result.stderr


COMMANDS = (("levels", "--week", "2026-W10"), ("receipt", "A1", "--week", "2026-W10"), ("rebuild",), ("enrol-code",))


def test_without_a_school_the_commands_say_what_to_do_first(tmp_path: Path):
    app = create_app(read_settings({"REACHABLE_DATA": str(tmp_path)}))
    for command in COMMANDS:
        result = app.test_cli_runner().invoke(args=list(command))
        assert (command, result.exit_code) == (command, 1)
        assert "init --policy reach" in result.stderr
    with app.app_context():
        db.engine.dispose()
