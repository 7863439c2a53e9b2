"""A school on either database, years after something happened at it."""

from pathlib import Path

import pytest

from tests.postgres import DATABASES
from tests.sync.conftest import settings_on
from webapp.config import Settings


@pytest.fixture(params=DATABASES)
def settings(request: pytest.FixtureRequest, data: Path) -> Settings:
    return settings_on(request.param, request, data)
