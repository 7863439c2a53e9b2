"""Everybody is shown the way to the pages they may open, and to no others."""

import re

import pytest

from tests.office.conftest import Sign

HEAD = ["Tablets", "Needs attention", "Plans", "Keep apart", "Records due", "Tracker", "Lessons"]


@pytest.mark.parametrize(
    ("role", "first", "tabs"),
    [
        ("head", "/office/tablets", HEAD),
        ("administrator", "/office/tablets", HEAD),
        ("office", "/office/tablets", [name for name in HEAD if name != "Records due"]),
        ("sendco", "/office/apart", ["Keep apart", "Records due", "Tracker", "Lessons"]),
    ],
)
def test_each_role_has_its_tabs(sign_in: Sign, role: str, first: str, tabs: list[str]):
    person = sign_in(role)
    assert person.get("/office/").location == first
    page = person.get(first).text
    nav = page.split("</nav>")[0]
    links = re.findall(r'<a href="(/[^"]*)" (aria-current="page")?>([^<]*)</a>', nav)
    assert [name for _, _, name in links] == tabs
    assert [address for address, here, _ in links if here] == [first]
    assert {person.get(address).status_code for address, _, _ in links} == {200}


def test_a_teacher_has_no_office(sign_in: Sign):
    assert sign_in("teacher").get("/office/").status_code == 403
