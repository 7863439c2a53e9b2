"""A school at work on the files it imports."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

Import = Callable[..., dict[str, Any]]

CALENDAR = "kind,name,start,end\nyear,2025/26,01/09/2025,17/07/2026\nhalf-term,Spring 2,23/02/2026,27/03/2026\n"
PERIODS = "period,start,end,kind\n1,09:00,09:50,lesson\nBreak,09:50,10:10,break\n2,10:10,11:00,lesson\n"
STAFF = "username,surname,forename,role\na.adeyemi,Adeyemi,Ada,teacher\nw.kowal,Kowal,Wit,TA\n"
STUDENTS = "UPN,Surname,Forename,Year,Reg\nA1,Okafor,Zoë,8,8B\nA2,Begum,Inaya,8,8B\nA3,Price,Cai,9,9H\n"
TIMETABLE = (
    "day,period,group,subject,staff\n"
    "Mon,1,8B,Maths,a.adeyemi\nMon,2,8B,Art,w.kowal\nMon,1,9H,Art,w.kowal\nTue,1,8B,Maths,a.adeyemi\n"
)


@pytest.fixture
def bring_in(app: Flask, tmp_path: Path) -> Import:
    """Run `import KIND` on a file of this content; its JSON, with the exit code beside it."""

    def run(kind: str, content: str | bytes, *options: str) -> dict[str, Any]:
        file = tmp_path / "file"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        result = app.test_cli_runner().invoke(args=["import", kind, str(file), "--json", *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return json.loads(result.stdout) | {"exit": result.exit_code}

    return run


@pytest.fixture
def school(bring_in: Import) -> Import:
    """A school with people and a timetable; gives `bring_in` for more."""
    for kind, content in {
        "calendar": CALENDAR,
        "periods": PERIODS,
        "staff": STAFF,
        "students": STUDENTS,
        "timetable": TIMETABLE,
    }.items():
        assert bring_in(kind, content)["exit"] == 0
    return bring_in
