"""Six weeks of the reflection spaces, weekly interventions in one of them, and two students kept apart."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from webapp.models import Lesson, Student, db
from webapp.models.device import BROWSER
from webapp.policies.pack import CallRules
from webapp.school import clock
from webapp.school.clock import local_moment
from webapp.school.school import school_pack
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing

SEED = 30_001
WEEKS = 6
CALLS_A_DAY = (1, 3)
WALK = (1, 7)  # minutes from the ask to the door
LENGTH = (6, 34)  # minutes in the space
NOT_FREE = 0.02
OFFICE, LEADER, HELPERS = "p.okonkwo-bell", "r.lindqvist", ("y.haddad", "k.wainwright", "e.demirtas")
PLANS = ((2, "11:15", "11:45", "draw-and-talk", 5), (4, "13:30", "14:00", "emotional-regulation", 17))
KEPT_APART = (3, 9)
NOT_FREE_TO_LEAVE, NEVER_ENDED = 40, 52  # places among the students


def record_spaces() -> None:
    """What staff called and recorded on the school days before today, one day of the log after the other."""
    random, rules = Random(SEED), school_pack().calls
    days = select(Lesson.day).where(Lesson.day.between(clock.today() - timedelta(weeks=WEEKS), _yesterday()))
    students = db.session.scalars(select(Student).order_by(Student.id)).all()
    # All are made up before the first is stored: each write forgets the students that were loaded.
    made_up = [_calls(random, rules, students, day) for day in sorted(set(db.session.scalars(days)))]
    unfinished = _unfinished(rules, students, max(db.session.scalars(days)))
    for drafts in [*made_up, unfinished]:
        _submit(drafts)
    _submit(_arrangements(clock.now()))


def _yesterday() -> date:
    return clock.today() - timedelta(days=1)


def _submit(drafts: list[Any]) -> None:
    """Drafts name the operations they follow on by how many drafts ago those were."""
    with writing() as revs:
        device = own_device(BROWSER)
        names = [f"{device.id}.{device.incarnation}.{device.upto + n}" for n in range(1, len(drafts) + 1)]
        for place, draft in enumerate(drafts):
            for key in ("ask", "stay"):
                if key in draft.body:
                    draft.body[key] = names[place - draft.body[key]]
        refused = [refusal for refusal in submit(revs, device, drafts) if refusal]
        if refused:
            raise ValueError(f"the spaces of the demo school: {refused}")


def _calls(random: Random, rules: CallRules, students: Sequence[Student], day: date) -> list[Draft]:
    drafts: list[Draft] = []
    for number in range(random.randint(*CALLS_A_DAY)):
        space = rules.spaces[number % len(rules.spaces)]
        student = random.choice([student for student in students if student.key_stage == space.key_stage])
        drafts += _call(random, rules, space.key, student, day)
    return drafts


def _call(random: Random, rules: CallRules, space: str, student: Student, day: date) -> Iterator[Draft]:
    """One ask, the stay after it, and its end."""
    asked = local_moment(day, time(9 + random.randrange(5), random.randrange(60)))
    entered = asked + timedelta(minutes=random.randint(*WALK))
    left = entered + timedelta(minutes=random.randint(*LENGTH))
    teacher, helper = _teacher(student, day), random.choice(HELPERS)
    why = random.choice(rules.reasons).key
    where = {"space": space, "student": str(student.id)}
    yield Draft("space.ask", teacher, where | {"why": why}, asked)
    yield Draft("space.enter", helper, where | {"ask": 1}, entered)
    answer = {"free_to_leave": random.random() >= NOT_FREE, "helped": [random.choice(rules.strategies).key]}
    yield Draft("space.leave", helper, {"stay": 1} | answer, left)


def _unfinished(rules: CallRules, students: Sequence[Student], day: date) -> list[Draft]:
    """What is for the desk to settle: a stay whose student was not free to leave, and one that nobody ended."""
    random = Random(SEED)
    first, second = rules.spaces[:2]
    ended = list(_call(random, rules, first.key, students[NOT_FREE_TO_LEAVE], day))
    ended[-1].body["free_to_leave"] = False
    asked, entered, _ = _call(random, rules, second.key, students[NEVER_ENDED], day)
    return [*ended, asked, entered]


def _teacher(student: Student, day: date) -> str:
    """Who taught the student first that day."""
    query = select(Lesson.staff_id).where(Lesson.group_id == student.group_id, Lesson.day == day)
    return db.session.scalars(query.order_by(Lesson.starts)).first() or OFFICE


def _arrangements(now: datetime) -> list[Draft]:
    first = clock.today() - timedelta(weeks=WEEKS)
    plans = [
        {
            "space": "hazel",
            "kind": kind,
            "weekday": weekday,
            "starts": starts,
            "ends": ends,
            "first": first.isoformat(),
            "last": None,
            "staff": HELPERS[-1],
            "students": [str(student)],
        }
        for weekday, starts, ends, kind, student in PLANS
    ]
    pair = {"students": [str(student) for student in KEPT_APART], "reason": "They set each other off."}
    return [
        *(Draft("plan.make", OFFICE, plan, now) for plan in plans),
        Draft("apart.set", LEADER, pair, now),
    ]
