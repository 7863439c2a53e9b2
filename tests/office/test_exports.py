"""A file gives nobody more than the page it stands on: the same rights, and it names only whom the page names."""

import io
import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from flask import Flask
from openpyxl import load_workbook

from tests.builders import create_student, give_groups
from tests.builders_rewards import create_rewards, give, limit
from tests.builders_spaces import create_ask, create_stay
from tests.office.conftest import Person, Sign
from webapp.domain.access.rights import PAGES
from webapp.domain.access.roles import ROLES
from webapp.models import Student, db
from webapp.sync.tables.rolling import roll

BESIDE = {
    "rewards.export_sales": ("rewards.tuck_shop", "/office/tuck"),
    "rewards.export_options": ("rewards.options_lists", "/office/options"),
    "rewards.export_trip": ("rewards.trip", "/office/trip"),
    "insight.export_means": ("insight.means", "/office/means"),
    "insight.export_weekly": ("insight.weekly_tracker", "/office/weekly"),
    "office.export_stays": ("office.tracker", "/office/tracker"),
    "audit.export_trail": ("audit.read_trail", "/office/audit"),
}
"""The page on which each file is offered."""

GROUPS = {"8B": {"Okafor", "Begum", "Gonegirl"}, "9H": {"Price", "Khan"}}
QUESTIONS = ("", "?group=8B", "?group=9H", "?student=3", "?staff=a.adeyemi", "?by=student")


def exports(app: Flask) -> dict[str, str]:
    """Addresses of the desk that end like files, by endpoint."""
    rules = [rule for rule in app.url_map.iter_rules() if re.search(r"\.[\w<>]+$", rule.rule)]
    return {rule.endpoint: rule.rule for rule in rules if rule.rule.startswith("/office/")}


@pytest.fixture
def busy(sign_in: Sign) -> Sign:
    """A school where something of every kind is known about everybody, one of whom has left."""
    create_student("Lou", "Gonegirl", left=date(2026, 3, 1))
    roll()
    for student, mark in ((1, 5), (2, 4)):
        give(student, mark)
    for student in (3, 4):
        give(student, 5, group="9H")
        create_stay(student=student, why="upset", note="Cai Price and Ali Khan")
    create_rewards(1)
    create_ask()
    limit(1)
    return sign_in


def test_every_file_has_its_page_and_the_same_right(app: Flask):
    assert exports(app).keys() == BESIDE.keys(), "Say in BESIDE on which page each file is offered."
    for export, (page, _) in BESIDE.items():
        rights = [(PAGES[one].everything, PAGES[one].own) for one in (export, page)]
        assert rights[0] == rights[1], export


def words_of(person: Person, address: str) -> set[str]:
    """Every word of a file in every kind it comes in, without what a workbook is made of."""
    words = set[str]()
    for ending in ("csv", "xlsx") if "<ending>" in address else ("",):
        answer = person.get(address.replace("<ending>", ending))
        assert answer.status_code == 200, (address, person.username)
        assert "attachment" in answer.headers["Content-Disposition"]
        words |= set(re.findall(r"\w+", "\n".join(texts(answer.data))))
    return words


def texts(content: bytes) -> Iterator[str]:
    if not content.startswith(b"PK"):
        yield content.decode("utf-8-sig")
        return
    book = load_workbook(io.BytesIO(content))
    yield f"{book.properties.creator} {book.properties.lastModifiedBy} {book.properties.title}"
    for sheet in book.worksheets:
        yield sheet.title
        yield from (str(value) for row in sheet.iter_rows(values_only=True) for value in row)


def shown(person: Person, address: str) -> set[str]:
    pages = [person.get(address + question) for question in QUESTIONS]
    return {word for page in pages for word in re.findall(r"\w+", unescape(page.text))}


def names() -> set[str]:
    """Surnames of all students, and whom else the files name."""
    return {student.legal_surname for student in db.session.query(Student)} | {"8B", "9H"}


def whole(role: str, endpoint: str) -> bool:
    return not PAGES[endpoint].only_own(role)


@pytest.mark.parametrize("export", BESIDE)
def test_a_file_names_only_whom_its_page_names(app: Flask, busy: Sign, export: str):
    _, address = BESIDE[export]
    tried = [role for role in ROLES if PAGES[export].allows(role)]
    one_of_each = {whole(role, export): role for role in tried}
    for sees_all, role in one_of_each.items():
        person = busy(role)
        if not sees_all:
            give_groups(role, "8B")
        in_file = words_of(person, exports(app)[export]) & names()
        assert in_file <= shown(person, address), (export, role)
        assert sees_all or not in_file & (GROUPS["9H"] | {"9H"})
        assert in_file or export == "audit.export_trail"


def test_a_file_asked_for_with_another_group_stays_in_the_scope(app: Flask, busy: Sign):
    for export in BESIDE:
        for role in (role for role in ROLES if PAGES[export].allows(role) and not whole(role, export)):
            person = busy(role)
            give_groups(role, "8B")
            for question in QUESTIONS:
                words = words_of(person, exports(app)[export] + question)
                assert not words & (GROUPS["9H"] | {"9H"}), (export, role, question)


def test_who_has_no_groups_gets_an_empty_file(app: Flask, busy: Sign):
    for export in BESIDE:
        for role in (role for role in ROLES if PAGES[export].allows(role) and not whole(role, export)):
            assert not words_of(busy(role), exports(app)[export]) & names(), (export, role)
