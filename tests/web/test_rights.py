"""Every page and every operation, asked by every role and by nobody, about what is theirs and what is another's.

What should be is written down here once more, by hand: `webapp/domain/access/rights.py` is not read for it. Columns
are roles: `+` may, `o` may with what is their own, `-` may not. A new page or kind of operation fails the first two
tests until it has a line here and there.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from tests.builders import (
    PASSWORD,
    Clock,
    Tablet,
    create_group,
    create_lesson,
    create_staff,
    create_student,
    create_tablet,
    create_year,
)
from tests.conftest import TUESDAY_MORNING
from webapp import create_app
from webapp.config import read_settings
from webapp.domain.access.rights import PAGES
from webapp.domain.access.roles import ROLES
from webapp.domain.operations import RIGHTS
from webapp.models import Award, Cap, Redemption, Responsibility, db
from webapp.models.device import BROWSER
from webapp.school import clock
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing
from webapp.sync.operations import HANDLERS
from webapp.sync.tables.rolling import roll

COLUMNS = (
    *("teacher", "tutor", "teaching-assistant"),
    *("reception", "tuck-shop"),
    *("head-of-year", "sendco", "safeguarding-lead"),
    *("senior-leader", "head"),
    *("office", "administrator"),
)

FOR_ROLES = """
account.home               +++ ++ +++ ++ ++
account.change_password    +++ ++ +++ ++ ++
account.end_session        +++ ++ +++ ++ ++
account.second_factor_page +++ ++ +++ ++ ++
account.show_second_factor    +++ ++ +++ ++ ++
account.confirm_second_factor +++ ++ +++ ++ ++
account.new_recovery_codes +++ ++ +++ ++ ++
account.switch_off         +++ ++ +++ ++ ++

accounts.list_accounts     --- -- --- -+ ++
accounts.account           --- -- --- -+ ++
accounts.unlock            --- -- --- -+ ++
accounts.new_link          --- -- --- -+ ++
accounts.sign_out          --- -- --- -+ ++
accounts.change_email      --- -- --- -+ ++
accounts.reset_second_factor   --- -- --- -+ ++
accounts.require_second_factor --- -- --- -+ -+

office.home                +++ ++ +++ ++ ++
office.needs_attention     --- -- --- ++ ++
office.settle              --- -- --- ++ ++
office.settle_tablet       --- -- --- ++ ++
office.list_records        --- -- +++ ++ -+
office.complete_record     --- -- +++ ++ -+
office.list_plans          --- -- --- ++ ++
office.make_plan           --- -- --- ++ ++
office.end_plan            --- -- --- ++ ++
office.list_pairs          --- -- +++ ++ ++
office.keep_apart          --- -- +++ ++ ++
office.end_pair            --- -- +++ ++ ++

corrections.find_entries   --- -- +++ ++ ++
corrections.one_mark       --- -- +++ ++ ++
corrections.correct_mark   --- -- +++ ++ ++
corrections.one_stay       --- -- +++ ++ ++
corrections.correct_stay   --- -- +++ ++ ++
corrections.one_sale       --- -- +++ ++ ++
corrections.take_back_sale --- -- +++ ++ ++
office.list_cards          --- -- --- ++ ++
office.issue_cards         --- -- --- ++ ++
contacts.list_orders       --- -- --+ -+ -+
rewards.list_limits        --- -- +++ ++ ++
rewards.lift_limit         --- -- +++ ++ -+

rewards.tuck_shop          --- -+ --- ++ ++
rewards.change_item        --- -+ --- ++ ++
rewards.count_item         --- -+ --- ++ ++
rewards.take_back          --- -+ --- ++ ++
rewards.export_sales       --- -+ --- ++ ++
rewards.move_till          --- -- +++ ++ ++
rewards.options_lists      +++ ++ +++ ++ ++
rewards.export_options     +++ ++ +++ ++ ++
rewards.trip               --- -- +++ ++ ++
rewards.decide_trip        --- -- +++ ++ -+
rewards.export_trip        --- -- +++ ++ ++
office.hall_board          -o- -- +++ ++ ++
office.name_on_board       -o- -- +++ ++ ++
student.hall               --- -- +++ ++ ++

attendance.list_attendance -o- -- +++ ++ ++
attendance.give_awards     -o- -- +++ ++ ++
insight.means              --- -- +++ ++ ++
insight.lessons_behind     --- -- +++ ++ ++
insight.export_means       --- -- +++ ++ ++
insight.weekly_tracker     ooo -- +++ ++ ++
insight.export_weekly      ooo -- +++ ++ ++
office.tracker             --- -- +++ ++ ++
office.export_stays        --- -- +++ ++ ++

students.list_students     --- -- --- ++ ++
students.new_student       --- -- --- ++ ++
students.add_student       --- -- --- ++ ++
students.show_student      --- -- --- ++ ++
students.change_student    --- -- --- ++ ++
students.leave             --- -- --- ++ ++
students.come_back         --- -- --- ++ ++
students.add_part_time     --- -- --- ++ ++
students.end_part_time     --- -- --- ++ ++
merges.choose              --- -- --- ++ ++
merges.merge               --- -- --- ++ ++
merges.undo                --- -- --- ++ ++
staff.list_staff           --- -- --- ++ ++
staff.new_person           --- -- --- ++ ++
staff.add_person           --- -- --- ++ ++
staff.show_person          --- -- --- ++ ++
staff.change_person        --- -- --- ++ ++
staff.give_groups          --- -- --- ++ ++
roll_over.show             --- -- --- ++ ++
roll_over.prepare          --- -- --- ++ ++
roll_over.undo             --- -- --- ++ ++
groups.list_groups         --- -- --- ++ ++
groups.add_group           --- -- --- ++ ++
groups.show_group          --- -- --- ++ ++
groups.change_group        --- -- --- ++ ++
groups.move_students       --- -- --- ++ ++
cover.show_cover           --- -- --- ++ ++
cover.give_cover           --- -- --- ++ ++
calendar.show_calendar     --- -- --- ++ ++
calendar.new_entry         --- -- --- ++ ++
calendar.add_entry         --- -- --- ++ ++
calendar.show_entry        --- -- --- ++ ++
calendar.change_entry      --- -- --- ++ ++
calendar.remove_entry      --- -- --- ++ ++
bells.show_bells           --- -- --- ++ ++
bells.new_period           --- -- --- ++ ++
bells.add_period           --- -- --- ++ ++
bells.show_period          --- -- --- ++ ++
bells.change_period        --- -- --- ++ ++
bells.remove_period        --- -- --- ++ ++
timetable.show_week        --- -- --- ++ ++
timetable.show_lesson      --- -- --- ++ ++
timetable.save_lesson      --- -- --- ++ ++
timetable.remove_lesson    --- -- --- ++ ++
setup.overview             --- -- --- ++ ++
setup.choose_year          --- -- --- ++ ++
setup.save_year            --- -- --- ++ ++
setup.choose_bells         --- -- --- ++ ++
setup.save_bells           --- -- --- ++ ++
setup.bring_people         --- -- --- ++ ++
setup.first_tablet         --- -- --- ++ ++
imports.choose_file        --- -- --- ++ ++
imports.bring_file         --- -- --- ++ ++
imports.look_at_file       --- -- --- ++ ++
imports.choose_columns     --- -- --- ++ ++
imports.choose_day         --- -- --- ++ ++
imports.choose_layout      --- -- --- ++ ++
imports.import_file        --- -- --- ++ ++
imports.begin_again        --- -- --- ++ ++
imports.drop_file          --- -- --- ++ ++
imports.show_run           --- -- --- ++ ++
imports.undo_run           --- -- --- ++ ++
policy.in_words            +++ ++ +++ ++ ++
policy.history             +++ ++ +++ ++ ++
policy.draft               --- -- --- ++ -+
policy.keep_draft          --- -- --- ++ -+
policy.leave_draft         --- -- --- ++ -+
policy.preview             --- -- --- ++ -+
policy.adopt               --- -- --- ++ -+
policy.withdraw            --- -- --- ++ -+
office.list_tablets        --- -- --- ++ ++
office.new_code            --- -- --- ++ ++
office.rename_tablet       --- -- --- ++ ++
office.revoke_tablet       --- -- --- ++ ++
data.show_data             --- -- --+ ++ ++
data.give_out_student      --- -- --+ ++ ++
retention.list_rules       --- -- --+ ++ ++
retention.preview          --- -- --+ ++ ++
retention.report           --- -- --+ ++ ++
retention.delete_now       --- -- --- -+ ++
health.tell_people         --- -- --+ ++ ++
audit.read_trail           --- -- --+ -+ -+
audit.export_trail         --- -- --+ -+ -+
"""

FOR_HOLDERS = """
floor.today floor.day floor.lesson floor.lesson_guest floor.invite floor.mark floor.mark_all floor.undo
floor.student floor.ask_for floor.choose_option floor.award floor.limit floor.lift
floor.spaces floor.spaces_ask floor.ask floor.enter floor.cancel floor.take_over floor.assist floor.hear
floor.stay floor.hand_over floor.leave
floor.tuck floor.take_back_sale floor.count_shelf floor.tuck_student floor.sell floor.take_back_from
floor.room floor.leave_room floor.room_student floor.admit floor.open_card
floor.waiting floor.settle
"""
"""For any role; nobody is sent to sign in."""

FOR_TABLETS = "sync.enrol_device sync.sign_in sync.push sync.pull_rows sync.live_events student.kiosk"
"""For no browser, whoever is there: known by the device's cookie or by a code."""

FOR_ANYBODY = """
static offline.worker offline.manifest offline.enrol
code.ask code.take link.show link.choose provider.start provider.back
floor.home floor.install floor.sign_in floor.try_sign_in floor.hold floor.change_pin floor.sign_out
student.card_page student.card_points student.card_option student.card_worker
health.tell_machines
setup.start setup.enter_code
"""

FOR_A_FRESH_SERVER = "setup.found_school setup.make_administrator"
"""For whoever has entered the code from the console, while nobody can sign in."""

KINDS = """
score.record         +++ -- +++ ++ ++
lesson.guest         +++ -- +++ ++ ++
reward.cap           +++ ++ +++ ++ ++
reward.lift          ooo oo +++ ++ o+
pathway.award        +++ ++ +++ ++ ++
pathway.withdraw     ooo oo +++ ++ o+
options.choose       +++ ++ +++ ++ ++
trip.decide          --- -- +++ ++ -+
board.name           -o- -- +++ ++ ++
card.issue           --- -- --- ++ ++

space.ask            +++ ++ +++ ++ ++
space.enter          +++ ++ +++ ++ ++
space.leave          +++ ++ +++ ++ ++
space.handover       +++ ++ +++ ++ ++
space.cancel         +++ ++ +++ ++ ++
space.ack            +++ ++ +++ ++ ++
space.assist         +++ ++ +++ ++ ++
space.correct        --- -- +++ ++ ++
plan.make            --- -- --- ++ ++
plan.end             --- -- --- ++ ++
apart.set            --- -- +++ ++ ++
apart.end            --- -- +++ ++ ++
restraint.complete   --- -- +++ ++ -+

tuck.redeem          +++ ++ +++ ++ ++
tuck.void            ooo o+ ooo ++ ++
tuck.count           ooo o+ ooo ++ ++
tuck.item            --- -+ --- ++ ++
till.move            --- -- +++ ++ ++
till.release         +++ ++ +++ ++ ++
till.override        --- -- +++ ++ -+
room.admit           +++ ++ +++ ++ ++
room.leave           +++ ++ +++ ++ ++

refusal.settle       ooo oo +++ ++ ++
quarantine.settle    --- -- --- ++ ++
quarantine.accept    --- -- --- ++ ++
"""


AT_THE_DESK = [
    "trip.decide",
    "board.name",
    "card.issue",
    "space.correct",
    "plan.make",
    "plan.end",
    "apart.set",
    "apart.end",
    "restraint.complete",
    "tuck.item",
    "till.move",
    "till.override",
    "quarantine.settle",
    "quarantine.accept",
]
"""What no tablet says, whoever holds it."""

OWN_ON_TABLETS = ("refusal.settle",)
"""What everybody does on a tablet to their own alone."""


def matrix(text: str) -> dict[str, dict[str, str]]:
    """Each line's name, and what every role may do."""
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line]
    return {name: dict(zip(COLUMNS, cells.replace(" ", ""), strict=True)) for name, cells in lines}


PAGES_FOR_ROLES, KINDS_FOR_ROLES = matrix(FOR_ROLES), matrix(KINDS)
LISTED = [*PAGES_FOR_ROLES, *FOR_HOLDERS.split(), *FOR_TABLETS.split(), *FOR_ANYBODY.split()]
LISTED += FOR_A_FRESH_SERVER.split()

IN, SIGN_IN, REFUSED = "let in", "sent to sign in", "refused"
PARTS = {"date": "2026-03-03", "ending": "csv", "filename": "css/floor.css", "worker": "sw.js"}
OTHERWISE = "1"
"""What stands in addresses for a part that is not among PARTS: often something that is not there."""


@dataclass
class World:
    """A school in which everybody of `clients` is signed in at a browser, and what is theirs and another's."""

    app: Flask
    clients: dict[str, FlaskClient]
    own: dict[str, str]
    other: dict[str, str]

    def ask(self, who: str, method: str, url: str) -> str:
        """What becomes of a request with an empty form."""
        g.pop("_login_user", None)  # requests of a test share its context, and with it whoever the last came from
        json: dict[str, Any] = (
            {"json": {"username": "a", "password": "b"}} if url.startswith("/sync/") and method == "POST" else {}
        )
        answer = self.clients[who].open(url, method=method, **json)
        answer.close()
        assert answer.status_code < 500, (method, url, who)
        if answer.status_code == 303 and answer.headers["Location"] == "/sign-in":
            return SIGN_IN
        return REFUSED if answer.status_code in (401, 403) else IN


@pytest.fixture(scope="module")
def world(empty_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    data = shutil.copytree(empty_school, tmp_path_factory.mktemp("rights") / "data")
    app = create_app(read_settings({"REACHABLE_DATA": str(data)}), Clock(TUESDAY_MORNING))
    with app.app_context():
        create_year()
        create_group("8B")
        create_group("9H")
        for group in ("8B", "9H"):
            create_student(group=group)
        for role in (*COLUMNS, NEIGHBOUR):
            create_staff(role, role if role in ROLES else "head")
        create_lesson(staff=NEIGHBOUR)
        roll()
        with writing():
            db.session.add_all(Responsibility(staff_id=role, group_id="8B") for role in COLUMNS)
        own, other = {"student": "1", "group": "8B"}, {"student": "2", "group": "9H"}
        yield World(
            app, {role: signed_in(app, role) for role in COLUMNS} | {NOBODY: at_an_address(app, NOBODY)}, own, other
        )
        db.session.remove()
        db.engine.dispose()


NOBODY, NEIGHBOUR = "nobody", "neighbour"


def signed_in(app: Flask, username: str) -> FlaskClient:
    client = at_an_address(app, username)
    assert client.post("/sign-in", data={"username": username, "password": PASSWORD}).status_code == 303
    return client


def at_an_address(app: Flask, who: str) -> FlaskClient:
    """A browser in a network of its own, or everybody's wrong guesses would count together."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = f"192.0.2.{(*COLUMNS, NOBODY).index(who)}"
    return client


def routes(app: Flask, endpoints: Any) -> list[tuple[str, str, str]]:
    """Endpoint, method and address of every route; what ends a session comes last."""
    found = [
        (rule.endpoint, method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint in endpoints
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda route: route[0] == "floor.sign_out")


def filled(address: str, parts: dict[str, str]) -> str:
    return re.sub(r"<(?:[^<>:]+:)?(\w+)>", lambda found: (PARTS | parts).get(found[1], OTHERWISE), address)


def test_every_page_has_its_line(world: World):
    there = {rule.endpoint for rule in world.app.url_map.iter_rules()}
    assert there - PAGES.keys() == set(), "Add a line to PAGES in webapp/domain/access/rights.py for each of these."
    assert there - set(LISTED) == set(), "Add a line to FOR_ROLES in tests/web/test_rights.py for each of these."
    assert PAGES.keys() - there == set(), (
        "There are no such pages. Remove their lines from webapp/domain/access/rights.py."
    )
    assert sorted(LISTED) == sorted(there), (
        "There are no such pages, or twice. Remove them from tests/web/test_rights.py."
    )


def test_every_kind_of_operation_has_its_line():
    assert HANDLERS.keys() - RIGHTS.keys() == set(), "Add a line to webapp/domain/operations/ for each."
    assert HANDLERS.keys() - KINDS_FOR_ROLES.keys() == set(), (
        "Add a line to KINDS in tests/web/test_rights.py for each."
    )
    assert RIGHTS.keys() == KINDS_FOR_ROLES.keys() == HANDLERS.keys(), "There are no such kinds. Remove their lines."


def test_the_columns_are_all_roles():
    assert sorted(COLUMNS) == sorted(ROLES)


def test_pages_of_the_desk_open_for_the_roles_of_their_line_alone(world: World):
    wrong = []
    for endpoint, method, address in routes(world.app, PAGES_FOR_ROLES):
        for role, may in PAGES_FOR_ROLES[endpoint].items():
            for parts in (world.own, world.other) if named(address) else (world.own,):
                expected = IN if may == "+" or (may == "o" and parts is world.own) else REFUSED
                found = world.ask(role, method, filled(address, parts))
                wrong += [f"{method} {filled(address, parts)} as {role}: {found}"] if found != expected else []
        found = world.ask(NOBODY, method, filled(address, world.own))
        expected = REFUSED if endpoint == "student.hall" else SIGN_IN  # the hall's own page says where it opens
        wrong += [f"{method} {address} as nobody: {found}"] if found != expected else []
    assert wrong == []


def named(address: str) -> bool:
    """Whether an address says which student or group it is about."""
    return "student>" in address or "group>" in address


@pytest.mark.parametrize(
    ("endpoints", "for_nobody", "for_roles"),
    [
        (FOR_HOLDERS, SIGN_IN, IN),
        (FOR_TABLETS, REFUSED, REFUSED),
        (FOR_ANYBODY, IN, IN),
        (FOR_A_FRESH_SERVER, REFUSED, REFUSED),
    ],
    ids=["holders", "tablets", "anybody", "fresh server"],
)
def test_other_pages_ask_for_themselves(world: World, endpoints: str, for_nobody: str, for_roles: str):
    wrong = []
    for endpoint, method, address in routes(world.app, endpoints.split()):
        url = filled(address, world.own)
        for who in world.clients:
            expected = for_nobody if who == NOBODY else for_roles
            if url in ("/sign-out", "/sign-in/code", "/pin"):
                expected = SIGN_IN  # where it leads
            found = world.ask(who, method, url)
            wrong += [f"{endpoint}: {method} {url} as {who}: {found}"] if found != expected else []
    assert wrong == []


def test_operations_are_taken_from_the_roles_of_their_line_alone(world: World):
    """From a tablet that is a till, about what is its or its person's own; from another one, about what is not; and at
    the desk."""
    neighbour = create_tablet(world.app, NEIGHBOUR, "till")
    shared = create_tablet(world.app, NEIGHBOUR)
    wrong = []
    for role, letters in by_role(KINDS_FOR_ROLES):
        till = create_tablet(world.app, role, "till")
        own, other = belongings(role, till, f"own-{role}"), belongings(NEIGHBOUR, neighbour, f"other-{role}")
        shared.staff = role
        shared.sign_in()
        for tablet, bodies, letters_taken in ((till, own, "+o"), (shared, other, "+")):
            wrong += misjudged(role, on_tablets(letters), letters_taken, pushed(tablet, bodies))
        wrong += misjudged(role, letters, "+", submitted(role, other | {"board.name": world.other}))
        board = {"board.name": letters["board.name"]}
        wrong += misjudged(role, board, "+o", submitted(role, {"board.name": world.own}))
    assert wrong == []


def by_role(lines: dict[str, dict[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    for role in COLUMNS:
        yield role, {name: cells[role] for name, cells in lines.items()}


def misjudged(role: str, letters: dict[str, str], taken: str, refused: set[str]) -> list[str]:
    """The kinds that were let through or refused against their letter."""
    return [f"{kind} as {role}" for kind, letter in letters.items() if (letter in taken) == (kind in refused)]


def on_tablets(letters: dict[str, str]) -> dict[str, str]:
    return {
        kind: "o" if kind in OWN_ON_TABLETS and letter == "+" else letter
        for kind, letter in letters.items()
        if kind not in AT_THE_DESK
    }


def belongings(staff: str, tablet: Tablet, name: str) -> dict[str, dict[str, Any]]:
    """Bodies of operations that undo what this person did, on this tablet."""
    op = tablet.record("no.such", {})
    tablet.push()
    day, at = date(2026, 3, 3), clock.now()
    common: dict[str, Any] = {"student_id": 1, "by": staff, "at": at}
    key = f"{name.replace('-', '')}.a.1"
    with writing() as revs:
        for row in (
            Cap(**common, id=key, cap="none", start=day, until=None, reason="-", lifted=None, lifted_by=None),
            Award(**common, id=key, award="unit", note="", day=day, withdrawn_at=None, withdrawn_by=None),
            Redemption(**common, id=key, item="apple", price=1, day=day, device=tablet.device, voided_at=None),
        ):
            row.rev = revs.next()
            db.session.add(row)
    return {
        "reward.lift": {"cap": key},
        "pathway.withdraw": {"award": key},
        "tuck.void": {"redemption": key},
        "tuck.count": {"item": "apple", "stock": 3},
        "refusal.settle": {"operation": tablet.id_of(op)},
    }


def pushed(tablet: Tablet, bodies: dict[str, dict[str, Any]]) -> set[str]:
    """The kinds that are not allowed when a tablet sends one operation of each, empty but for those with a body."""
    sent = {tablet.record(kind, bodies.get(kind, {}))["n"]: kind for kind in KINDS_FOR_ROLES}
    return {sent[note["n"]] for note in tablet.push().json["notes"] if note["reason"] == "not-allowed"}


def submitted(role: str, bodies: dict[str, dict[str, Any]]) -> set[str]:
    """The same at the school's own pages."""
    drafts = [Draft(kind, role, bodies.get(kind, {}), clock.now()) for kind in KINDS_FOR_ROLES]
    with writing() as revs:
        refusals = submit(revs, own_device(BROWSER), drafts)
    said = zip(drafts, refusals, strict=True)
    return {draft.kind for draft, refusal in said if refusal and refusal.reason == "not-allowed"}


def test_nobody_records_without_being_signed_in(world: World):
    tablet = create_tablet(world.app, NEIGHBOUR)
    tablet.staff = "teacher"
    for kind in KINDS_FOR_ROLES:
        tablet.record(kind, {})
    assert {note["reason"] for note in tablet.push().json["notes"]} == {"not-signed-in"}
    assert len(tablet.push().json["notes"]) == 0
