"""The demo school, built once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import Clock
from webapp import create_app
from webapp.config import read_settings
from webapp.models import db

NOW = datetime(2026, 3, 4, 10, 15, tzinfo=UTC)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    app = create_app(read_settings({"REACHABLE_DATA": str(folder)}), Clock(NOW))
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 0, result.output
    for word in ("http://127.0.0.1:5000", "a.adeyemi", "reachable-demo"):
        assert word in result.stdout
    with app.app_context():
        db.engine.dispose()
    return folder
