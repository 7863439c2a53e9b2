"""A pull in columns says what a pull in rows says."""

import json
from itertools import pairwise
from typing import Any

from hypothesis import given

from tests.builders import Tablet, create_student
from tests.sync.pulled import Row, pulled_rows, rows_of
from webapp.models import Lesson
from webapp.sync.protocol.columns import runs_of


def kind(run: dict[str, Any]) -> Any:
    return run["table"], None if run["names"] is None else set(run["names"])


@given(pulled_rows())
def test_runs_hold_the_same_rows_in_the_same_order(rows: list[Row]):
    assert rows_of(json.loads(json.dumps(runs_of(rows)))) == rows


@given(pulled_rows())
def test_no_two_runs_could_be_one(rows: list[Row]):
    assert all(kind(one) != kind(next_one) for one, next_one in pairwise(runs_of(rows)))


def test_keys_are_said_once_and_ids_too():
    assert runs_of(
        [
            {"table": "groups", "id": "7H", "rev": 16, "data": {"id": "7H", "name": "7 Hazel", "key_stage": 3}},
            {"table": "groups", "id": "8B", "rev": 17, "data": {"key_stage": 3, "id": "8B", "name": "8 Birch"}},
            {"table": "scores", "id": "1.1", "rev": 4520, "data": None},
        ]
    ) == [
        {
            "table": "groups",
            "names": ["name", "key_stage"],
            "id": ["7H", "8B"],
            "rev": [16, 17],
            "columns": [["7 Hazel", "8 Birch"], [3, 3]],
        },
        {"table": "scores", "names": None, "id": ["1.1"], "rev": [4520]},
    ]


def pages(tablet: Tablet, form: str, limit: int) -> list[dict[str, Any]]:
    """All answers to a tablet that pulls from 0."""
    answers: list[dict[str, Any]] = []
    while not answers or answers[-1]["more"]:
        since = answers[-1]["next"] if answers else 0
        answers.append(tablet.client.get(f"/sync/v1/pull?since={since}&limit={limit}{form}").json)
    return answers


def work(tablet: Tablet, lesson: Lesson) -> None:
    """Marks, a refusal, and a stay that was asked for."""
    other = create_student()
    for student in ("1", str(other.id), "99"):
        tablet.mark(student, str(lesson.id), 4)
    tablet.record("space.ask", {"space": "hazel", "student": "1"})
    tablet.record("space.enter", {"space": "hazel", "student": "1"})
    tablet.push()


def test_both_forms_say_the_same_page_by_page(tablet: Tablet, lesson: Lesson):
    work(tablet, lesson)
    for limit in (3, 1000):
        in_rows, in_columns = pages(tablet, "", limit), pages(tablet, "&columns=1", limit)
        assert all("rows" not in page for page in in_columns)
        assert [page | {"rows": rows_of(page.pop("runs"))} for page in in_columns] == in_rows


def test_rows_that_are_gone_are_gone_in_columns_too(tablet: Tablet):
    tablet.mark("99", "1", 4)
    tablet.push()
    since = tablet.client.get("/sync/v1/pull").json["head"]
    refused = f"{tablet.device}.{tablet.incarnation}.1"
    tablet.record("refusal.settle", {"operation": refused})
    tablet.push()
    runs = tablet.client.get(f"/sync/v1/pull?since={since}&columns=1").json["runs"]
    assert [(run["table"], run["names"], run["id"]) for run in runs] == [("refusals", None, [refused])]


def test_without_asking_for_columns_rows_come(tablet: Tablet):
    for form in ("", "&columns=", "&columns=0", "&columns=yes"):
        (answer,) = pages(tablet, form, 1000)
        assert answer["rows"]
        assert "runs" not in answer
