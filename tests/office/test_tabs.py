"""Everybody is shown the way to the pages they may open, and to no others."""

import re

import pytest

from tests.office.conftest import Sign

TODAY = ["Needs attention", "Records due", "Cover", "Plans", "Keep apart"]
REWARDS = ["Tuck shop", "Options", "Trip", "Hall board"]
LEADING = ["Today", "Students", "Rewards", "Insight", "School"]
ALL = [*LEADING, "Upkeep"]


@pytest.mark.parametrize(
    ("role", "first", "sections"),
    [
        ("head", "/office/attention", ALL),
        ("administrator", "/office/attention", ALL),
        ("office", "/office/attention", ALL),
        ("sendco", "/office/records", LEADING),
        ("tutor", "/office/options", ["Rewards", "Insight", "School"]),
        ("teacher", "/office/options", ["Rewards", "Insight", "School"]),
        ("tuck-shop", "/office/tuck", ["Rewards", "School"]),
    ],
)
def test_each_role_has_its_sections_and_all_their_pages_open(sign_in: Sign, role: str, first: str, sections: list[str]):
    person = sign_in(role)
    assert person.get("/office/").location == first
    tabs, _ = links(person.get(first).text)
    assert [name for _, _, name in tabs] == [*sections, "Lessons", "You"]
    for address, _, section in tabs[:-2]:
        here, pages = links(person.get(address).text)
        assert [name for _, current, name in here if current == "true"] == [section]
        assert [page for page, current, _ in pages if current == "page"] == [page for page, _, _ in pages[:1]]
        assert {person.get(page).status_code for page, _, _ in pages} <= {200}


@pytest.mark.parametrize(
    ("role", "address", "names"),
    [
        ("office", "/office/attention", ["Needs attention", "Cover", "Plans", "Keep apart"]),
        ("sendco", "/office/records", ["Records due", "Keep apart"]),
        ("tuck-shop", "/office/tuck", ["Tuck shop", "Options"]),
        ("tutor", "/office/options", ["Options", "Hall board"]),
        ("teacher", "/office/options", []),  # one page needs no list
    ],
)
def test_a_section_lists_the_pages_that_the_role_may_open(sign_in: Sign, role: str, address: str, names: list[str]):
    _, pages = links(sign_in(role).get(address).text)
    assert [name for _, _, name in pages] == names


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
