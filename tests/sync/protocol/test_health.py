"""How a school is that is busy: whoever asks does not wait, and it is well."""

from flask import Flask
from sqlalchemy import NullPool, create_engine, text

from webapp.models import db
from webapp.models.lock import SCHOOL_LOCK


def test_a_school_in_which_somebody_writes_for_long_is_well(app: Flask):
    with create_engine(db.engine.url, poolclass=NullPool).connect() as other:
        other.execution_options(writes=True).begin()
        if db.engine.dialect.name == "postgresql":
            other.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SCHOOL_LOCK})
        answer = app.test_client().get("/health")
    assert (answer.status_code, answer.json) == (200, {"ok": True})
    if db.engine.dialect.name == "sqlite":
        patience = db.session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar()
        assert patience == 20_000  # for whoever has this connection next
