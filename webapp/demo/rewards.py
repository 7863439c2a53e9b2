"""What levels brought in the demo school: choices for the options period, awards, a limit, and names for the hall."""

from random import Random

from sqlalchemy import select

from webapp.domain.time.calendar import week_of
from webapp.models import Student, db
from webapp.models.device import BROWSER
from webapp.policies.rewards import RewardRules
from webapp.results.rewards import levels_on
from webapp.school import clock
from webapp.school.school import school_pack
from webapp.student.cards import issue
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing

SEED = 40_001
OFFICE, LEADER = "p.okonkwo-bell", "r.lindqvist"
CHOOSING = 0.6  # of those who may
AWARDED = 8  # students of key stage 4
LIMITED, OPTED_OUT, RENAMED, WITH_CARD = 21, 14, 33, 1
ALIAS = "Comet"


def record_rewards() -> None:
    random, rules = Random(SEED), school_pack().rewards
    drafts = [*_choices(random, rules), *_awards(random, rules), *_arrangements()]
    with writing() as revs:
        refusals = submit(revs, own_device(BROWSER), drafts)
    wrong = [refusal for refusal in refusals if refusal and refusal.reason != "full"]
    if wrong:
        raise ValueError(f"the rewards of the demo school: {wrong}")


def new_card() -> str:
    """The token of a card to try; the one tried before stops working."""
    return issue([WITH_CARD], OFFICE)[WITH_CARD]


def _choices(random: Random, rules: RewardRules) -> list[Draft]:
    """For this week, each to the student's level. Whoever comes too late for a place is refused, as in any school."""
    today, now = clock.today(), clock.now()
    drafts = []
    for student, level in sorted(levels_on(today).items()):
        choices = [one.key for one in rules.options.choices if level in one.levels]
        if choices and random.random() < CHOOSING:
            body = {"student": str(student), "week": week_of(today), "choice": random.choice(choices)}
            drafts.append(Draft("options.choose", OFFICE, body, now))
    return drafts


def _awards(random: Random, rules: RewardRules) -> list[Draft]:
    stages = rules.pathway.key_stages
    students = [one for one in db.session.scalars(select(Student).order_by(Student.id)) if one.key_stage in stages]
    return [
        Draft(
            "pathway.award",
            OFFICE,
            {
                "student": str(student.id),
                "award": random.choice(rules.pathway.awards).key,
                "note": "",
                "day": clock.today().isoformat(),
            },
            clock.now(),
        )
        for student in random.sample(students, AWARDED)
    ]


def _arrangements() -> list[Draft]:
    """A limit, somebody who is not on the board, and somebody who is by another name."""
    today, now = clock.today(), clock.now()
    limit = {"student": str(LIMITED), "cap": "creative", "from": today.isoformat(), "until": None}
    return [
        Draft("reward.cap", LEADER, limit | {"reason": "Agreed with home after Thursday."}, now),
        Draft("board.name", OFFICE, {"student": str(OPTED_OUT), "alias": None, "opted_out": True}, now),
        Draft("board.name", OFFICE, {"student": str(RENAMED), "alias": ALIAS, "opted_out": False}, now),
    ]
