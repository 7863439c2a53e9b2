"""Everybody is shown the way to the pages they may open, and to no others."""

import re

import pytest

from tests.office.conftest import Sign

REWARDS = ["Tuck shop", "Options", "Limits", "Trip", "Cards", "Hall board"]
INSIGHT = ["Weekly tracker", "Means", "Tracker"]
SET_UP = ["Calendar", "Bells", "Import"]
SPACES = ["Plans", "Keep apart", "Records due"]
HEAD = ["Tablets", "Needs attention", *SPACES, *REWARDS, *INSIGHT, *SET_UP, "Audit", "Lessons"]
SENDCO = ["Keep apart", "Records due", "Options", "Limits", "Trip", "Hall board", *INSIGHT, "Lessons"]


@pytest.mark.parametrize(
    ("role", "first", "tabs"),
    [
        ("head", "/office/tablets", HEAD),
        ("administrator", "/office/tablets", HEAD),
        ("office", "/office/tablets", [name for name in HEAD if name not in ("Records due", "Audit")]),
        ("sendco", "/office/apart", SENDCO),
        ("tutor", "/office/options", ["Options", "Hall board", "Lessons"]),
        ("tuck-shop", "/office/tuck", ["Tuck shop", "Options", "Lessons"]),
        ("teacher", "/office/options", ["Options", "Lessons"]),
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
