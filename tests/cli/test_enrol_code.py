from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.cli.conftest import Run
from webapp.domain.access.duties import DUTIES
from webapp.models import Device, db


def test_the_code_printed_enrols_a_tablet_once(app: Flask, run_json: Callable[..., Any]):
    printed = run_json("enrol-code")
    assert printed.keys() == {"code", "until"}
    assert printed["until"] == "2026-03-03T10:36:07.000Z"
    tries = [app.test_client().post("/sync/v1/enrol", json={"code": printed["code"], "name": "T"}) for _ in range(2)]
    assert [answer.status_code for answer in tries] == [200, 403]


@pytest.mark.parametrize("duty", DUTIES)
def test_the_tablet_gets_the_duty_of_its_code(app: Flask, run_json: Callable[..., Any], duty: str):
    code = run_json("enrol-code", "--duty", duty)["code"]
    answer: Any = app.test_client().post("/sync/v1/enrol", json={"code": code, "name": "T"})
    assert db.session.get_one(Device, answer.json["device"]).duty == duty


def test_the_floor_is_the_usual_duty(app: Flask, run_json: Callable[..., Any]):
    code = run_json("enrol-code")["code"]
    answer: Any = app.test_client().post("/sync/v1/enrol", json={"code": code, "name": "T"})
    assert db.session.get_one(Device, answer.json["device"]).duty == "floor"


def test_in_words_the_code_comes_with_the_time_it_ends(run: Run):
    assert "until 10:36" in run("enrol-code").stdout


def test_another_duty_is_refused_with_those_there_are(run: Run):
    result = run("enrol-code", "--duty", "cook")
    assert result.exit_code == 2
    assert "reception" in result.stderr
