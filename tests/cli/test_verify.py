from sqlalchemy import text

from tests.cli.conftest import Run
from webapp.models import db
from webapp.school import audit
from webapp.sync.log.revisions import writing


def write(*events: str) -> None:
    for event in events:
        with writing():
            audit.note(event)


def test_a_whole_trail_is_said_to_be_whole_with_its_newest_hash(run: Run):
    assert run("verify").output == "The audit trail is whole: 0 lines. Newest hash: none yet\n"
    write("a.b", "c.d")
    newest = audit.verify().newest
    assert run("verify").output == f"The audit trail is whole: 2 lines. Newest hash: {newest}\n"
    assert run("verify", "--holds", newest).exit_code == 0


def test_a_broken_trail_names_its_first_broken_line(run: Run, run_json):
    write("a.b", "c.d")
    assert run_json("verify") == {"broken": None, "lines": 2, "newest": audit.verify().newest}
    db.session.execute(text("DROP TRIGGER audit_kept"))
    db.session.execute(text("UPDATE audit SET event = 'x.y' WHERE sequence = 2"))
    db.session.commit()
    answer = run("verify")
    assert (answer.exit_code, answer.output) == (
        1,
        "The audit trail is broken: line 2 does not follow from the one before it.\n",
    )


def test_a_hash_the_trail_never_had_is_missed(run: Run):
    write("a.b")
    answer = run("verify", "--holds", "0" * 64)
    assert (answer.exit_code, answer.output) == (
        1,
        "The audit trail no longer holds that hash: lines were cut off or made anew.\n",
    )
