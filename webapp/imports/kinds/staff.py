"""Members of staff."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from webapp.account.endings import end_if_other, standing_of
from webapp.domain.access.giving import givers, may_give
from webapp.domain.access.rights import HEADS
from webapp.domain.access.roles import ROLES, may_look_after, role_key
from webapp.domain.footprint import Snapshot
from webapp.domain.text.text import LONGEST_EMAIL, email_of
from webapp.imports.kinds.checks import repeated
from webapp.imports.kinds.heads import LAST, takes_the_last
from webapp.imports.kinds.values import A_NAME, SHORT, read_code, read_text
from webapp.imports.plan import Plan, at_once, carry_out, no_lessons, nothing_follows
from webapp.imports.problems import Problem
from webapp.imports.questions import NO_ANSWERS, Answers
from webapp.imports.table import Column, Record, Track
from webapp.imports.undo.snapshots import snapshot
from webapp.models import Staff, db
from webapp.sync.log.revisions import RevCounter

KEY = "staff"
MOST = 2_000  # lines
IS_DATED = False
COLUMNS: tuple[Column, ...] = (
    Column("username", read_code, "a username without spaces", A_NAME),
    Column("surname", read_text, "a surname", A_NAME),
    Column("forename", read_text, "a forename", A_NAME),
    Column("role", role_key, f"one of: {', '.join(ROLES.values())}", A_NAME),
    Column("email", email_of, "an e-mail address", LONGEST_EMAIL, optional=True),
    Column("initials", read_text, "initials", SHORT, optional=True),
)

portions = at_once
follow, lessons = nothing_follows, no_lessons


def check(records: Sequence[Record], answers: Answers = NO_ANSWERS) -> Iterator[Problem]:  # noqa: ARG001
    yield from repeated(records, ("username",), "username", "username")
    named = [record for record in records if record.values.get("email")]
    yield from repeated(named, ("email",), "email", "address")
    owners = {person.email: person for person in db.session.scalars(select(Staff).where(Staff.email.is_not(None)))}
    for record in named:
        owner = owners.get(record["email"])
        if owner and owner.username != record["username"]:
            yield record.problem("email", f"an address that is not yet {owner.name}’s")
    yield from _without_heads(records)


def _without_heads(records: Sequence[Record]) -> Iterator[Problem]:
    """The lines that take their role from those who look after all accounts, if nobody of them would be left."""
    people = {person.username: person for person in db.session.scalars(select(Staff))}
    known = [(record, people[record["username"]]) for record in records if record.values["username"] in people]
    turned = [(record, person) for record, person in known if person.role in HEADS and record["role"] not in HEADS]
    given = {person.id: (record["role"], person.left) for record, person in known}
    for record, person in turned if turned and takes_the_last(given) else ():
        yield record.problem("role", f"{ROLES[person.role]}, since {LAST.detail[0].lower()}{LAST.detail[1:]}")


def beyond(records: Sequence[Record], by: Staff) -> Iterator[Problem]:
    """Roles that whoever brings the file may not give or take, and addresses of accounts they do not look after."""
    people = {person.username: person for person in db.session.scalars(select(Staff))}
    for record in records:
        person = people.get(record["username"])
        yield from _beyond_role(record, person, by)
        if person and not _may_address(record, person, by):
            now = person.email or "nothing"
            yield record.problem("email", f"{now}; only {HEADS.words} change the address of somebody with this role")


def _beyond_role(record: Record, person: Staff | None, by: Staff) -> Iterator[Problem]:
    was = person.role if person else None
    if was == record["role"]:
        return
    if record["username"] == by.username:
        yield record.problem("role", f"{ROLES[by.role]}, since nobody changes their own role")
    elif not may_give(by.role, was, record["role"]):
        yield record.problem("role", f"another role; only {givers(was, record['role']).words} give or take this one")


def _may_address(record: Record, person: Staff, by: Staff) -> bool:
    """Whether a line leaves a person's address as it is, or comes from somebody who looks after their account: whoever
    has the address can sign in with Microsoft or Google."""
    return record.values.get("email", person.email) == person.email or may_look_after(by.role, person.role)


def look(records: Sequence[Record]) -> Snapshot:  # noqa: ARG001  # whatever is in the file
    return snapshot(Staff)


def plan(records: Sequence[Record], track: Track, answers: Answers = NO_ANSWERS) -> Plan:  # noqa: ARG001
    """People not in the file stay."""
    plan = Plan()
    people = {person.username: person for person in db.session.scalars(select(Staff))}
    for record in track(records, "Staff"):
        person = people.get(record["username"])
        values = dict(record.values) if person else {"id": record["username"], **record.values}
        plan.merge(Staff, person, values)
    return plan


def write(plan: Plan, revs: RevCounter) -> Sequence[Problem]:
    """Carry a plan out; who stands otherwise from now on is signed out everywhere."""
    known = [(change.row, standing_of(change.row)) for change in plan.changes if change.row is not None]
    problems = carry_out(plan, revs)
    for person, before in known:
        end_if_other(person, before)
    return problems
