"""An address of every page that Flask alone serves, and a school in which there is something to see on each."""

import json
from datetime import timedelta
from typing import Any, Final

from flask import Flask

from e2e.server import Server
from tests.builders import Clock, Tablet
from webapp.account.links import make_link
from webapp.models import Device, Lesson, RetentionRun, Score, Stay, Student, db
from webapp.results.rewards import levels_on
from webapp.school import clock
from webapp.sync.devices.devices import revoke
from webapp.sync.log.revisions import writing

PASSWORD = "reachable-demo"
HEAD, TEACHER, NEWCOMER = "c.quartey", "a.adeyemi", "k.wainwright"
LEAVER = 96
WRONG_PASSWORDS = 5

PAGES: Final = {
    "account.home": "/account/",
    "account.second_factor_page": "/account/second-factor",
    "accounts.account": "/office/accounts/a.adeyemi",
    "accounts.list_accounts": "/office/accounts/",
    "attendance.list_attendance": "/office/attendance?group=10H",
    "audit.read_trail": "/office/audit",
    "bells.new_period": "/office/bells/new",
    "bells.show_bells": "/office/bells",
    "bells.show_period": "/office/bells/period/1",
    "calendar.new_entry": "/office/calendar/new?kind=closure",
    "calendar.show_calendar": "/office/calendar",
    "calendar.show_entry": "/office/calendar/2",
    "contacts.list_orders": "/office/contacts",
    "corrections.find_entries": "/office/corrections?student={student}",
    "corrections.one_mark": "/office/corrections/mark/{student}/{lesson}",
    "corrections.one_sale": "/office/corrections/sale/{sale}",
    "corrections.one_stay": "/office/corrections/stay/{stay}",
    "cover.show_cover": "/office/cover?staff={teacher}&day={day}",
    "data.show_data": "/office/data",
    "groups.list_groups": "/office/groups",
    "groups.show_group": "/office/groups/group/10C",
    "health.tell_people": "/office/health",
    "imports.choose_file": "/office/import",
    "imports.show_run": "/office/import/runs/5",
    "insight.lessons_behind": "/office/means/lessons?weekday=1&bell=1",
    "insight.means": "/office/means",
    "insight.weekly_tracker": "/office/weekly",
    "link.show": "/set-up/{link}",
    "merges.choose": "/office/merge?kept=1&gone=2",
    "office.hall_board": "/office/board",
    "office.list_cards": "/office/cards",
    "office.list_pairs": "/office/apart",
    "office.list_plans": "/office/plans",
    "office.list_records": "/office/records",
    "office.list_tablets": "/office/tablets",
    "office.needs_attention": "/office/attention",
    "office.tracker": "/office/tracker",
    "policy.draft": "/office/policy/draft",
    "policy.history": "/office/policy/history",
    "policy.in_words": "/office/policy",
    "retention.list_rules": "/office/data/kept",
    "retention.preview": "/office/data/kept/now",
    "retention.report": "/office/data/kept/reports/1",
    "roll_over.show": "/office/roll-over",
    "rewards.list_limits": "/office/limits",
    "rewards.options_lists": "/office/options",
    "rewards.trip": "/office/trip",
    "rewards.tuck_shop": "/office/tuck",
    "setup.bring_people": "/setup/people/students",
    "setup.choose_bells": "/setup/bells",
    "setup.choose_year": "/setup/year",
    "setup.first_tablet": "/setup/tablet",
    "setup.overview": "/setup/steps",
    "staff.list_staff": "/office/staff",
    "staff.new_person": "/office/staff/new",
    "staff.show_person": "/office/staff/person/j.fairweather",
    "students.list_students": "/office/students",
    "students.new_student": "/office/students/new",
    "students.show_student": "/office/students/1",
    "timetable.show_lesson": "/office/timetable/lesson?of=group:8H&group=8H&day=1&period=1",
    "timetable.show_week": "/office/timetable?of=group:8H",
}
"""By endpoint. What stands in braces is in what `fill` returns."""

BY_FORMS: Final = {"code.ask", "imports.look_at_file", "policy.preview"}
"""Pages to which only a form leads: the journeys that fill it in look at them."""

FIRST_RUN: Final = {"setup.start", "setup.found_school", "setup.make_administrator"}
"""Pages of a server without a school: `test_setup.py` looks at them."""

ELSEWHERE: Final = ("static", "floor.", "student.", "sync.", "offline.")
"""What is not the desk's: the floor's and the students' screens have tests of their own."""

NO_PAGES: Final = {"health.tell_machines", "office.home", "provider.start", "provider.back"}
"""What answers machines, or only leads on."""


def endpoints(app: Flask) -> set[str]:
    """Every page of the desk, of accounts, links and the set-up; files to download are none."""
    found = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return {name for name in found - NO_PAGES if not name.startswith(ELSEWHERE) and ".export_" not in name}


def fill(server: Server) -> dict[str, Any]:
    """Give the demo school a tablet that was taken out of use, what waits to be settled, somebody locked out, and what
    is past its time. Returns what addresses need to know."""
    code = json.loads(server.command("enrol-code", "--duty", "till", "--json"))["code"]
    with server.school() as app:
        student = next(key for key, level in sorted(levels_on(clock.today()).items()) if level)
        score = db.session.query(Score).filter_by(student_id=student).order_by(Score.lesson_id.desc()).first()
        assert score is not None
        lesson = db.session.get_one(Lesson, score.lesson_id)
        facts = {"student": student, "name": db.session.get_one(Student, student).name}
        facts |= {"lesson": lesson.id, "day": lesson.day, "teacher": lesson.staff_id}
        tablet = Tablet(app.test_client(), Clock(clock.now()), HEAD)
        tablet.enrol(code, "Tuck shop")
        tablet.sign_in(password=PASSWORD)
        tablet.pull_page(1)  # the first of a day stocks the tuck shop
        sale = {"student": str(student), "item": "apple", "day": clock.today().isoformat()}
        facts["sale"] = tablet.id_of(tablet.record("tuck.redeem", sale))
        tablet.mark(student, lesson.id, 0 if score.mark != "0" else 1, base=0)
        tablet.mark(student, 999_999, 3)
        tablet.push()
        with writing() as revs:
            revoke(db.session.get_one(Device, tablet.device), clock.now(), revs)
            _grow_old()
            facts["link"] = make_link(NEWCOMER, clock.now())
        tablet.mark(student, lesson.id, 2)
        tablet.push()
        for _ in range(WRONG_PASSWORDS):
            app.test_client().post("/sign-in", data={"username": TEACHER, "password": "a wrong password"})
        return facts | {"stay": db.session.query(Stay.id).order_by(Stay.seq).limit(1).scalar()}


def _grow_old() -> None:
    """Somebody left long ago, and others' records were deleted before. Inside `with writing()`."""
    db.session.get_one(Student, LEAVER).left = clock.today() - timedelta(days=50 * 365)
    deleted = {"key": "marks", "name": "Marks", "kept": "6 years", "count": 1200, "people": 1}
    db.session.add(RetentionRun(id=1, at=clock.now(), by=HEAD, counts=json.dumps([deleted])))
