"""Everything the school holds about one student, as tables that a parent can read.

Other students are "another student" here. What somebody wrote in their own words is given through `free`, which takes
their names out; whom it was written by is named, with the role: they did it for the school.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from webapp.domain.access.rights import PAGES
from webapp.domain.access.roles import ROLES
from webapp.domain.marks.marks import from_text
from webapp.domain.text.words import WEEKDAYS, clock_words, week_words
from webapp.models import (
    Admission,
    Apart,
    Ask,
    AuditLine,
    Award,
    BoardName,
    Cap,
    Card,
    FormerUpn,
    Item,
    Lesson,
    Level,
    OptionChoice,
    Plan,
    Redemption,
    Restraint,
    Score,
    Staff,
    Stay,
    Student,
    TripDecision,
    db,
)
from webapp.office.data import subject_home
from webapp.office.data.subject_classes import classes
from webapp.office.parts.wording import mark_words
from webapp.office.upkeep.trail import words_of
from webapp.school.audit import COMMAND_LINE
from webapp.school.clock import local_date
from webapp.school.school import school_pack
from webapp.sync.log.aliases import ids_of

Free = Callable[[str], str]
"""A text somebody wrote, without the names of other students."""

ANOTHER = "another student"


@dataclass(frozen=True, slots=True)
class Table:
    """One part of the answer: a name for its file, a heading, and rows under columns."""

    key: str
    heading: str
    columns: tuple[str, ...]
    rows: list[list[Any]]


def tables_about(student: Student, free: Free, role: str) -> Iterator[Table]:
    """Every table but the log's that somebody of a role may see, the most personal first."""
    for key, heading, columns, rows in _PARTS:
        if may_see(role, key):
            yield Table(key, heading, columns, [list(row) for row in rows(student, free)])


def may_see(role: str, part: str) -> bool:
    """Whether somebody of a role may open the pages that show the same; the command line may all."""
    return role == COMMAND_LINE or all(PAGES[page].allows(role) for page in SHOWN_ON[part])


def left_out(role: str) -> list[str]:
    """The headings of the parts that somebody of a role may not see."""
    return [HEADINGS[part] for part in SHOWN_ON if not may_see(role, part)]


def person(id: str | None) -> str:
    """Who did something: name and role, or what the school calls it when nobody did."""
    if not id:
        return ""
    staff = db.session.get(Staff, id)
    return f"{staff.name} ({ROLES.get(staff.role, staff.role)})" if staff else id


def when(moment: datetime | None) -> str:
    return f"{local_date(moment)} {clock_words(moment)}" if moment else ""


def _identity(student: Student, free: Free) -> Iterator[Sequence[Any]]:
    board = db.session.get(BoardName, student.id)
    card = db.session.get(Card, student.id)
    yield "Name", student.name
    yield "Legal name", f"{student.legal_forename} {student.legal_surname}"
    yield "UPN", student.upn
    for upn in db.session.scalars(select(FormerUpn.upn).where(FormerUpn.student_id == student.id)):
        yield "Former UPN", upn
    yield "Admission number", student.admission
    yield "Date of birth", student.born
    yield "Year", student.year
    yield "Group", student.group_id
    yield "Joined", student.joined
    yield "Left", student.left
    for spell in student.spells:
        yield "At the school before", f"{spell.joined or ''} to {spell.left}"
    if board:
        yield "On the hall board", "not shown" if board.opted_out else free(board.alias or student.name)
    if card:
        yield "Card", f"printed {when(card.at)} by {person(card.by)}"


def _part_times(student: Student, free: Free) -> Iterator[Sequence[Any]]:
    for part in student.part_times:
        day = f"{WEEKDAYS[part.weekday - 1]}, period {part.period}"
        yield f"{day}, {part.first} to {part.last or 'further notice'}", free(part.reason)


def _marks(student: Student, _free: Free) -> Iterator[Sequence[Any]]:
    query = select(Score, Lesson).join(Lesson, Lesson.id == Score.lesson_id).where(Score.student_id == student.id)
    for score, lesson in db.session.execute(query.order_by(Lesson.starts)):
        mark = mark_words(from_text(score.mark))
        yield lesson.day, lesson.period, lesson.subject, mark, person(score.by), when(score.at)


def _levels(student: Student, _free: Free) -> Iterator[Sequence[Any]]:
    pack = school_pack()
    for level in db.session.scalars(select(Level).where(Level.student_id == student.id).order_by(Level.week)):
        names = [pack.level_name(key) or "none" for key in (level.level, level.earned)]
        yield week_words(level.week), *names, level.sum, level.count, level.from_week


def _caps(student: Student, free: Free) -> Iterator[Sequence[Any]]:
    for cap in db.session.scalars(select(Cap).where(Cap.student_id == student.id).order_by(Cap.at, Cap.id)):
        limit = school_pack().level_name(cap.cap) or "no rewards"
        set_by = (person(cap.by), when(cap.at))
        yield limit, cap.start, cap.until, free(cap.reason), *set_by, cap.lifted, person(cap.lifted_by)


def _asks(student: Student, free: Free) -> Iterator[Sequence[Any]]:
    for ask in db.session.scalars(select(Ask).where(Ask.student == student.id).order_by(Ask.at, Ask.id)):
        yield when(ask.at), _space(ask.space), free(ask.why or ""), person(ask.by), ask.status


def _stays(student: Student, free: Free) -> Iterator[Sequence[Any]]:
    answer = {True: "yes", False: "no", None: "not answered"}
    for stay in db.session.scalars(select(Stay).where(Stay.student == student.id).order_by(Stay.entered, Stay.id)):
        times = (when(stay.entered), when(stay.left), _space(stay.space))
        adults = (person(stay.by), person(stay.staff), person(stay.left_by))
        helped = ", ".join(json.loads(stay.helped))
        yield *times, *adults, answer[stay.free_to_leave], helped, free(stay.why or ""), free(stay.note or "")


def _restraints(student: Student, _free: Free) -> Iterator[Sequence[Any]]:
    query = select(Restraint).where(Restraint.student == student.id).order_by(Restraint.opened)
    for record in db.session.scalars(query):
        completed = (when(record.completed_at), person(record.completed_by))
        yield when(record.opened), person(record.opened_by), record.due, *completed


def _plans(student: Student, _free: Free) -> Iterator[Sequence[Any]]:
    for plan in db.session.scalars(select(Plan).order_by(Plan.first, Plan.id)):
        if str(student.id) in (there := json.loads(plan.students)):
            time = f"{WEEKDAYS[plan.weekday - 1]}, {plan.starts} to {plan.ends}"
            days = (plan.first, plan.last, plan.ended)
            yield plan.kind, _space(plan.space), time, *days, person(plan.staff), len(there) - 1


def _apart(student: Student, free: Free) -> Iterator[Sequence[Any]]:
    query = select(Apart).where(or_(Apart.one == student.id, Apart.other == student.id))
    for pair in db.session.scalars(query.order_by(Apart.at, Apart.id)):
        yield ANOTHER, free(pair.reason), person(pair.by), when(pair.at), when(pair.ended_at)


def _sales(student: Student, _free: Free) -> Iterator[Sequence[Any]]:
    query = select(Redemption, Item.name).join(Item, Item.id == Redemption.item)
    for sale, item in db.session.execute(query.where(Redemption.student_id == student.id).order_by(Redemption.at)):
        yield sale.day, item, sale.price, person(sale.by), when(sale.at), when(sale.voided_at), person(sale.voided_by)


def _admissions(student: Student, _free: Free) -> Iterator[Sequence[Any]]:
    query = select(Admission).where(Admission.student_id == student.id).order_by(Admission.at)
    for admission in db.session.scalars(query):
        yield (
            admission.day,
            admission.window.partition("/")[2],
            when(admission.at),
            when(admission.left),
            person(admission.by),
        )


def _options(student: Student, _free: Free) -> Iterator[Sequence[Any]]:
    query = select(OptionChoice).where(OptionChoice.student_id == student.id).order_by(OptionChoice.week)
    for option in db.session.scalars(query):
        yield week_words(option.week), option.choice or "taken back", person(option.by), when(option.at)


def _awards(student: Student, free: Free) -> Iterator[Sequence[Any]]:
    for award in db.session.scalars(select(Award).where(Award.student_id == student.id).order_by(Award.at)):
        withdrawn = (when(award.withdrawn_at), person(award.withdrawn_by))
        yield award.day, award.award, free(award.note), person(award.by), *withdrawn


def _trips(student: Student, free: Free) -> Iterator[Sequence[Any]]:
    for trip in db.session.scalars(select(TripDecision).order_by(TripDecision.half_term)):
        if str(student.id) in json.loads(trip.tied):
            picked = "picked" if str(student.id) in json.loads(trip.picked) else "not picked"
            yield trip.half_term, picked, free(trip.why), person(trip.by), when(trip.at)


def _audit(student: Student, free: Free) -> Iterator[Sequence[Any]]:
    # Also what was about a record that was merged into this one.
    abouts = [f"student:{id}" for id in ids_of([student.id])]
    query = select(AuditLine).where(AuditLine.about.in_(abouts)).order_by(AuditLine.sequence)
    for line in db.session.scalars(query):
        yield when(line.at), person(line.by), words_of(line.event), free(_facts(line))


def _facts(line: AuditLine) -> str:
    """As people wrote it: JSON would hide letters behind their numbers."""
    return ", ".join(f"{name}: {value}" for name, value in json.loads(line.facts).items())


def _space(key: str) -> str:
    return space.name if (space := school_pack().calls.space(key)) else key


_Rows = Callable[[Student, Free], Iterator[Sequence[Any]]]
BY = ("By", "Recorded")
STAYS = (
    *("Entered", "Left", "Space", "Let in by", "With", "Ended by", "Free to leave throughout"),
    *("What helped", "Why", "Note"),
)
_PARTS: tuple[tuple[str, str, tuple[str, ...], _Rows], ...] = (
    ("identity", "Who it is about", ("What", "Held"), _identity),
    ("classes", "Classes", ("Class", "From", "Until"), classes),
    ("part-time", "Part-time timetable", ("When", "Why"), _part_times),
    *subject_home.PARTS,
    ("marks", "Marks", ("Date", "Period", "Subject", "Mark", *BY), _marks),
    ("levels", "Levels", ("Week", "Level", "Earned", "Sum", "Marks", "From week"), _levels),
    ("limits", "Limits on rewards", ("Limit", "From", "Until", "Reason", *BY, "Lifted", "Lifted by"), _caps),
    ("asks", "Asks for a space", ("When", "Space", "Why", "By", "What came of it"), _asks),
    ("stays", "Stays in reflection spaces", STAYS, _stays),
    (
        "restrictive-interventions",
        "Restrictive-intervention records",
        ("Opened", "By", "Due", "Completed", "Completed by"),
        _restraints,
    ),
    (
        "interventions",
        "Planned interventions",
        ("Kind", "Space", "When", "From", "Until", "Ended", "With", "Other students"),
        _plans,
    ),
    ("apart", "Kept apart from", ("Who", "Reason", "By", "Set", "Ended"), _apart),
    ("tuck-shop", "Tuck shop", ("Day", "Item", "Counts as", *BY, "Taken back", "Taken back by"), _sales),
    ("reward-room", "Reward room", ("Day", "When", "In", "Out", "By"), _admissions),
    ("options", "Options", ("Week", "Choice", *BY), _options),
    ("awards", "Awards", ("Day", "Award", "For", "By", "Withdrawn", "Withdrawn by"), _awards),
    ("trips", "Trips decided after a tie", ("Half term", "Outcome", "Why", *BY), _trips),
    ("audit", "Who looked at it or gave it out", ("When", "By", "What", "Details"), _audit),
)

SHOWN_ON: dict[str, tuple[str, ...]] = {
    "identity": ("data.give_out_student",),
    "part-time": ("students.show_student",),
    **subject_home.SHOWN_ON,
    "classes": ("students.show_student",),
    "marks": ("corrections.one_mark",),
    "levels": ("insight.means",),
    "limits": ("rewards.list_limits",),
    "asks": ("office.tracker",),
    "stays": ("corrections.one_stay",),
    "restrictive-interventions": ("office.list_records",),
    "interventions": ("office.list_plans",),
    "apart": ("office.list_pairs",),
    "tuck-shop": ("corrections.one_sale",),
    "reward-room": ("insight.means",),
    "options": ("rewards.options_lists",),
    "awards": ("insight.means",),
    "trips": ("rewards.trip",),
    "audit": ("audit.read_trail",),
    "history": ("corrections.find_entries",),
    "put-aside": ("office.needs_attention",),
}
"""Which pages of the desk show what a part shows. Whoever may not open them gets the file without it."""

HEADINGS = {key: heading for key, heading, _, _ in _PARTS} | {
    "history": "Every entry, with corrections",
    "put-aside": "Entries put aside",
}
