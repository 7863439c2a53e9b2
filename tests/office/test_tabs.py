"""Everybody is shown the way to the pages they may open, and to no others."""

import re

import pytest

from tests.office.conftest import Sign

TODAY = ["Needs attention", "Records due", "Plans", "Keep apart"]
REWARDS = ["Tuck shop", "Options", "Trip", "Hall board"]
SET_UP = ["Calendar", "Bells", "Import", "Tablets"]
ALL = {
    "Today": TODAY,
    "Students": ["Cards", "Limits"],
    "Rewards": REWARDS,
    "Insight": ["Weekly tracker", "Means", "Tracker"],
    "School": [*SET_UP, "Audit"],
}
OFFICE = ALL | {
    "Today": ["Needs attention", "Plans", "Keep apart"],
    "School": ["Calendar", "Bells", "Import", "Tablets"],
}
SENDCO = {
    "Today": ["Records due", "Keep apart"],
    "Students": ["Limits"],
    "Rewards": ["Options", "Trip", "Hall board"],
    "Insight": ["Weekly tracker", "Means", "Tracker"],
}


@pytest.mark.parametrize(
    ("role", "first", "sections"),
    [
        ("head", "/office/attention", ALL),
        ("administrator", "/office/attention", ALL),
        ("office", "/office/attention", OFFICE),
        ("sendco", "/office/records", SENDCO),
        ("tutor", "/office/options", {"Rewards": ["Options", "Hall board"]}),
        ("tuck-shop", "/office/tuck", {"Rewards": ["Tuck shop", "Options"]}),
        ("teacher", "/office/options", {"Rewards": ["Options"]}),
    ],
)
def test_each_role_has_its_sections_and_their_pages(sign_in: Sign, role: str, first: str, sections: dict[str, list]):
    person = sign_in(role)
    assert person.get("/office/").location == first
    tabs, _ = links(person.get(first).text)
    assert [name for _, _, name in tabs] == [*sections, "Lessons"]
    for address, _, section in tabs[:-1]:
        here, pages = links(person.get(address).text)
        assert [name for _, current, name in here if current == "true"] == [section]
        assert [name for _, _, name in pages] == (sections[section] if len(sections[section]) > 1 else [])
        assert [name for _, current, name in pages if current == "page"] == [name for _, _, name in pages[:1]]
        assert {person.get(page).status_code for page, _, _ in pages} <= {200}


def links(page: str) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """The sections and the pages of the open one: address, what is current about it, and name."""
    sections, _, pages = page.split("</nav>")[0].partition('class="subtabs"')
    found = [
        re.findall(r'<a href="(/[^"]*)"(?: aria-current="(\w+)")?>([^<]*)</a>', part) for part in (sections, pages)
    ]
    return found[0], found[1]


def test_a_page_below_another_belongs_to_its_section(sign_in: Sign):
    answer = sign_in("office").post("/office/plans")
    tabs, pages = links(answer.text)
    assert [name for _, here, name in tabs if here] == ["Today"]
    assert [name for _, here, name in pages if here] == ["Plans"]
