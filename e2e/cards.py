"""Cards of the demo school. The office prints them; a test only needs what is in their squares."""

from e2e.server import Server
from webapp.models import Period, Student, db
from webapp.results.rewards import levels_on
from webapp.school import clock
from webapp.school.school import school_pack
from webapp.student.cards import issue
from webapp.sync.log.revisions import writing
from webapp.sync.tables.rolling import tell_school

BREAK = "break"
HEAD = "c.quartey"


def print_cards(server: Server) -> dict[int, list[str]]:
    """A new card for everybody: tokens by key stage."""
    with server.school():
        key_stages = {student.id: student.key_stage for student in db.session.query(Student)}
        tokens = issue(key_stages, HEAD)
    return {stage: [tokens[key] for key in tokens if key_stages[key] == stage] for stage in set(key_stages.values())}


def new_card(server: Server, student: int) -> str:
    """The token of a student's new card."""
    with server.school():
        return issue([student], HEAD)[student]


def heroes(server: Server) -> list[tuple[int, str]]:
    """The students whose level today opens the reward room: ids and names."""
    with server.school():
        opens = school_pack().rewards.room.levels
        levels = levels_on(clock.today())
        return [(key, db.session.get_one(Student, key).name) for key in sorted(levels) if levels[key] in opens]


def open_all_day(server: Server) -> None:
    """Makes a break of the whole day, since tests run at any hour."""
    with server.school(), writing() as revs:
        for period in db.session.query(Period):
            if period.kind == BREAK:
                period.starts, period.ends = "00:00", "23:59"
        tell_school(revs)
