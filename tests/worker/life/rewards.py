"""What can happen with rewards, on tablets that live through random days."""

import re
from datetime import timedelta
from typing import Any

from tests.worker.life.life import GROUPS, HEAD, Life
from tests.worker.tablet import Tablet
from webapp.domain.time.calendar import week_of
from webapp.models import Cap, Lesson, Student, db
from webapp.policies.settings import Value, values_of
from webapp.sync.log.revisions import writing
from webapp.sync.tables.policy import adopt


def limit_a_reward(life: Life) -> None:
    until = life.day + timedelta(days=life.random.randrange(10)) if life.random.random() < 0.5 else None
    body = {
        "student": str(life.some_student().id),
        "cap": life.random.choice(("none", "creative")),
        "from": (life.day + timedelta(days=life.random.randrange(-5, 5))).isoformat(),
        "until": until and max(until, life.day + timedelta(days=5)).isoformat(),
        "reason": "<i>Talked about it</i>",
    }
    life.submit("reward.cap", body)


def lift_a_limit(life: Life) -> None:
    for cap in db.session.query(Cap).filter_by(lifted=None).limit(1):
        life.submit("reward.lift", {"cap": cap.id}, cap.by)


def a_good_week_opens_doors(life: Life) -> None:
    """Everybody does well in the week that decides today's levels, and then comes for what they open."""
    last = week_of(life.day - timedelta(days=7))
    for lesson in db.session.query(Lesson).filter(Lesson.week == last, ~Lesson.gone).limit(4).all():
        for student in db.session.query(Student).filter_by(group_id=lesson.group_id).all():
            life.submit("score.record", {"student": str(student.id), "lesson": str(lesson.id), "mark": 5})
    life.sync()
    come_to_the_room(life)
    choose_options(life)
    for tablet in life.tablets:
        sell_tuck(life, tablet)


def come_to_the_room(life: Life, tablet: Tablet | None = None) -> None:
    """Students come to the door of the reward room, and some leave."""
    tablet = tablet or life.random.choice(life.tablets)
    for _ in range(4):
        tablet.tap(f"/room/{life.some_student().id}/admit")
    for admission in re.findall(r'name="admission" value="([^"]+)"', tablet.look("/room")["text"])[:2]:
        tablet.tap("/room/leave", admission=admission)


def come_to_both_doors_without_the_school(life: Life) -> None:
    life.school.stop()
    for tablet in life.tablets:
        come_to_the_room(life, tablet)
    life.school.start()


def choose_options(life: Life) -> None:
    tablet = life.random.choice(life.tablets)
    for _ in range(4):
        choice = life.random.choice(("cooking", "sport", "art", "reward-room", ""))
        tablet.tap(f"/student/{life.some_student().id}/option", choice=choice)


def limit_and_lift_on_a_tablet(life: Life) -> None:
    tablet = life.random.choice(life.tablets)
    until = life.random.choice(("", (life.day + timedelta(days=3)).isoformat(), "2020-01-01"))
    cap = life.random.choice(("none", "creative"))
    tablet.tap(f"/student/{life.some_student().id}/limit", cap=cap, reason="<i>Smoke</i>", until=until)
    for row in life.rows_of(tablet, "cap", "lifted"):
        tablet.tap(f"/student/{row['student']}/lift", limit=row["id"])


def award_steps_on_a_pathway(life: Life) -> None:
    tablet = life.random.choice(life.tablets)
    for _ in range(3):
        note = life.random.choice(("", "The <bike>", " Twice\nover "))
        tablet.tap(f"/student/{life.some_student().id}/award", award="unit", note=note)
    for row in life.rows_of(tablet, "award"):
        tablet.tap(f"/student/{row['student']}/award", withdraw=row["id"])


def sell_tuck(life: Life, tablet: Tablet | None = None) -> None:
    """Students come to the counter for more than they may have."""
    tablet = tablet or life.random.choice(life.tablets)
    for item in life.rows_of(tablet, "allergens"):
        tablet.tap(f"/tuck/{life.some_student().id}/sell", item=item["id"])


def sell_without_the_school(life: Life) -> None:
    life.school.stop()
    for tablet in life.tablets:
        sell_tuck(life, tablet)
        take_tuck_back(life, tablet)
    life.school.start()


def take_tuck_back(life: Life, tablet: Tablet | None = None) -> None:
    tablet = tablet or life.random.choice(life.tablets)
    for sale in life.rows_of(tablet, "void"):
        url = life.random.choice(("/tuck/take-back", f"/tuck/{sale['student']}/take-back"))
        tablet.tap(url, redemption=sale["id"])


def count_the_shelf(life: Life) -> None:
    count: dict[str, Any] = {"count-apple": str(life.random.randrange(30)), "count-juice": ""}
    life.random.choice(life.tablets).tap("/tuck/count", **count)


def move_a_till(life: Life) -> None:
    """The tablet that lets go says so by itself with its next sync."""
    to = life.random.choice(life.tablets).meta["device"]
    life.submit("till.move", {"group": life.random.choice(GROUPS), "to": to}, HEAD)
    for tablet in life.tablets:
        tablet.catch_up()


def change_the_policy(life: Life) -> None:
    """From this week on or from one to come, also for tablets that do not hear of it before they are asked."""
    first = week_of(life.day + timedelta(weeks=life.random.randrange(3)))
    least = {"heroic": life.random.randrange(3000, 5000), "creative": life.random.randrange(3000)}
    settings: dict[str, Value] = {f"levels.rules.{key}.threshold": f"{one / 1000:.3f}" for key, one in least.items()}
    settings |= {f"levels.rules.{key}.tuck_items": life.random.randrange(4) for key in least}
    with writing() as revs:
        adopt(first, {**values_of("reach"), **settings}, HEAD, "<i>Agreed</i>", revs)


HAPPENINGS = (
    change_the_policy,
    limit_a_reward,
    lift_a_limit,
    a_good_week_opens_doors,
    a_good_week_opens_doors,
    come_to_the_room,
    come_to_both_doors_without_the_school,
    choose_options,
    limit_and_lift_on_a_tablet,
    award_steps_on_a_pathway,
    sell_tuck,
    sell_tuck,
    sell_without_the_school,
    take_tuck_back,
    count_the_shelf,
    move_a_till,
)
