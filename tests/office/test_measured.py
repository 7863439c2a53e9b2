"""Whatever stands in any field, address or query is answered, and every list is there afterwards."""

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.builders import create_tablet
from tests.builders_rewards import create_rewards, give
from tests.builders_spaces import create_record, create_stay
from tests.office.conftest import Person, Sign
from tests.office.crawl import walk
from tests.office.test_hostile_desk import expect_harmless
from webapp.domain.text.lengths import LONGEST, MOST_FIELDS, longest
from webapp.sync.tables.rolling import roll
from webapp.web.intake import FILES, LARGEST_FORM

WEBAPP = Path(__file__).parents[2] / "webapp"
MARKS = "a" + "\u0301" * 200_000
TOO_LARGE = (b"username=" + quote(MARKS).encode(), b"password=" + b"x" * 10_000_000)
SHORT = (
    *("a" + "\u0301" * 150, "\u0301" * 400, "\u0344" * 200, "\0", "a\0b", "%ED%A0%BD", "\u202e\u2066\u200b\u2069"),
    *(str(10**30), str(2**31), str(2**63), "-1", "0", "\uff11\uff12", "\u0663", "\u00b2", "9" * 400, "1e400", "NaN"),
    *("0000-00-00", "0001-01-01", "9999-12-31", "99999-01-01", "2026-W99", "0000-W01", "0001-W01", "9999-W52"),
    *("25:61", "d1.a.\uff11", "1.5", " ", "\ufeff", "true", "null"),
)
"""What fits into any field, and into no rule."""

ASKED = (str(10**30), "\uff11\uff12", "9" * 400, "a\0b", "0001-01-01", "9999-12-31", "9999-W52", "2026-W99")
ADDRESSES = (
    str(10**30),
    str(2**31),
    str(2**63),
    "-1",
    "\uff11\uff12",
    "9" * 5000,
    "%00",
    "a%00b",
    "%ED%A0%BD",
    *ASKED[4:],
)
QUERY = re.compile(r"""args(?:\.get\(|\[)"(\w+)"|"(\w+)" in args""")


def queries() -> list[str]:
    """The name of everything that a page asks of its address."""
    found = {name for file in WEBAPP.rglob("*.py") for names in QUERY.findall(file.read_text()) for name in names}
    return sorted(
        {*found, "weekday", "group", "subject", "bell", "what", "who", "name", "kind", "state", "year"} - {""}
    )


def filled(rule: Rule, value: str) -> str:
    """The address of a rule with this for each of its parts."""
    return re.sub(r"<[^>]+>", lambda _part: value, rule.rule)


def rules(app: Flask, method: str) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        assert rule.methods is not None
        if method in rule.methods and rule.endpoint != "static" and "live" not in rule.endpoint:
            yield rule


@pytest.fixture
def someone(app: Flask, sign_in: Sign) -> Person:
    """Somebody who may open nearly everything, in a school where there is something to see on each page."""
    roll()
    give(1, 4)
    create_stay()
    create_record(student=2)
    create_tablet(app)
    create_rewards()
    return sign_in("administrator")


def expect_lists(person: Person) -> None:
    for address in ("/office/attention", "/office/audit", "/office/tablets", "/office/students", "/office/staff"):
        assert person.get(address).status_code == 200, address


def test_no_address_is_answered_with_a_fault(app: Flask, someone: Person):
    for rule in [rule for rule in rules(app, "GET") if rule.arguments]:
        for value in ADDRESSES:
            answer = someone.get(filled(rule, value))
            assert answer.status_code < 500, (rule.rule, value[:40])
    expect_lists(someone)


def test_no_query_is_answered_with_a_fault(app: Flask, someone: Person):
    names = queries()
    assert {"day", "page", "week", "half_term", "of"} <= set(names)
    for rule in [
        rule for rule in rules(app, "GET") if rule.rule.startswith(("/office", "/today", "/tuck", "/account"))
    ]:
        for value in ASKED if not rule.arguments else ():
            answer = someone.client.get(rule.rule, query_string=dict.fromkeys(names, value))
            assert answer.status_code < 500, (rule.rule, value)
    expect_lists(someone)


def test_no_field_of_any_form_is_answered_with_a_fault(app: Flask, someone: Person):
    values, written = cycle(SHORT), set()
    for address, answer in list(walk(app, someone, "/office/", most=1)):
        page = expect_harmless(address, answer)
        for form in page.forms if page else ():
            place = (form.action.split("?")[0], tuple(form.values))
            if form.sends_file or place in written or "sign-out" in form.action:
                continue
            written.add(place)
            for field in form.values:
                value = next(values)
                answer = someone.post(form.action, **form.values | {field: value})
                assert answer.status_code < 500, (form.action, field, value)
                someone.sign_in()
    assert len(written) > 20
    expect_lists(someone)


def test_a_form_larger_than_any_of_ours_is_refused_before_it_is_read(app: Flask, someone: Person):
    contents, form = cycle(TOO_LARGE), {"content_type": "application/x-www-form-urlencoded"}
    for rule in rules(app, "POST"):
        if rule.endpoint not in FILES and not rule.rule.startswith("/sync"):
            for client in (someone.client, app.test_client()):
                answer = client.post(filled(rule, "1"), data=next(contents), **form)
                assert answer.status_code == 413, rule.rule
                assert "too large" in answer.text


@pytest.mark.parametrize(
    "field", [*(field for field, most in LONGEST.items() if most < 10_000), "email", "student", "day"]
)
def test_a_field_longer_than_it_may_be_is_refused_by_name_and_limit(app: Flask, field: str):
    client, most = app.test_client(), longest(field)
    too_long = client.post("/sign-in", data={"username": "a", "password": "b", field: "\u0301" * (most + 1)})
    assert too_long.status_code == 422
    assert f"“{field.replace('-', ' ').capitalize()}” takes at most {most:,} letters" in too_long.text
    assert "Nothing was changed" in too_long.text
    fitting = client.post("/sign-in", data={"username": "a", "password": "b", field: "x" * most})
    assert f"at most {most:,}" not in fitting.text


def test_many_fields_are_too_many(app: Flask):
    client = app.test_client()
    assert len("a=&" * (MOST_FIELDS + 1)) < LARGEST_FORM
    for kind in ("application/x-www-form-urlencoded",):
        assert client.post("/sign-in", data="a=&" * (MOST_FIELDS + 1), content_type=kind).status_code == 413
    parts = "".join(f'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n{n}\r\n' for n in range(MOST_FIELDS + 1))
    form = {"data": f"{parts}--x--\r\n", "content_type": "multipart/form-data; boundary=x"}
    assert client.post("/sign-in", **form).status_code == 413
