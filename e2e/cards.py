"""Cards of the demo school. The office prints them; a test only needs what is in their squares."""

from collections.abc import Iterator
from contextlib import contextmanager

from e2e.server import Server
from webapp import clock, create_app
from webapp.cards import issue
from webapp.config import read_settings
from webapp.models import Period, Student, db
from webapp.rewards import levels_on
from webapp.school import school_pack
from webapp.sync.sequence import writing
from webapp.sync.window import tell_school

BREAK = "break"
HEAD = "c.quartey"


def print_cards(server: Server) -> dict[int, list[str]]:
    """A new card for everybody: tokens by key stage."""
    with school_of(server):
        key_stages = {student.id: student.key_stage for student in db.session.query(Student)}
        tokens = issue(key_stages, HEAD)
    return {stage: [tokens[key] for key in tokens if key_stages[key] == stage] for stage in set(key_stages.values())}


def new_card(server: Server, student: int) -> str:
    """The token of a student's new card."""
    with school_of(server):
        return issue([student], HEAD)[student]


def heroes(server: Server) -> list[tuple[int, str]]:
    """The students whose level today opens the reward room: ids and names."""
    with school_of(server):
        opens = school_pack().rewards.room.levels
        levels = levels_on(clock.today())
        return [(key, db.session.get_one(Student, key).name) for key in sorted(levels) if levels[key] in opens]


def open_all_day(server: Server) -> None:
    """Makes a break of the whole day, since tests run at any hour."""
    with school_of(server), writing() as numbers:
        for period in db.session.query(Period):
            if period.kind == BREAK:
                period.starts, period.ends = "00:00", "23:59"
        tell_school(numbers)


@contextmanager
def school_of(server: Server) -> Iterator[None]:
    """The school's own program, at work on the data of a server that may be running."""
    app = create_app(read_settings({"REACHABLE_DATA": str(server.data)}))
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()
