from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, update

from tests.builders import Tablet
from tests.cli.conftest import Run, mark
from webapp.models import Level, Score, db
from webapp.sync.log.revisions import head, writing


def test_a_sound_school_stays_as_it_is(tablet: Tablet, run_json: Callable[..., Any]):
    mark(tablet, 5, 4, 3)
    last = head()
    assert not any(run_json("rebuild").values())
    assert head() == last


def test_what_is_wrong_is_put_right_and_counted(tablet: Tablet, run_json: Callable[..., Any]):
    mark(tablet, 5, 4, 3)
    with writing():
        db.session.execute(update(Score).values(mark="0"))
        db.session.execute(delete(Level))
    wrong = run_json("rebuild")
    assert (wrong["score"], wrong["level"]) == (3, 2)
    db.session.rollback()
    assert [score.mark for score in db.session.query(Score).order_by(Score.lesson_id)] == ["5", "4", "3"]
    assert {level.week: level.sum for level in db.session.query(Level)} == {"2026-W10": 12, "2026-W11": 12}


def test_tablets_hear_of_what_was_put_right(tablet: Tablet, run: Run):
    mark(tablet, 5)
    with writing() as revs:
        db.session.execute(update(Score).values(mark="0", rev=revs.next()))
    tablet.pull()
    assert tablet.table("scores")["1.1"]["mark"] == 0
    assert "score: 1 row put right" in run("rebuild").stdout
    tablet.pull()
    assert tablet.table("scores")["1.1"]["mark"] == 5
