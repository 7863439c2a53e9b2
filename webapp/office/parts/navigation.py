"""The way around the desk: sections, and the pages of the one that is open. Everybody sees what they may open."""

from dataclasses import dataclass

from flask import request, url_for
from flask_login import current_user

from webapp.school.school import the_school
from webapp.web.access import may_open

SECTIONS = {
    "Today": {
        "office.needs_attention": "Needs attention",
        "office.list_records": "Records due",
        "cover.show_cover": "Cover",
        "office.list_plans": "Plans",
        "office.list_pairs": "Keep apart",
    },
    "Students": {
        "students.list_students": "All students",
        "corrections.find_entries": "Find and correct",
        "office.list_cards": "Cards",
        "rewards.list_limits": "Limits",
        "contacts.list_orders": "Court orders",
    },
    "Rewards": {
        "rewards.tuck_shop": "Tuck shop",
        "rewards.options_lists": "Options",
        "rewards.trip": "Trip",
        "office.hall_board": "Hall board",
    },
    "Insight": {
        "insight.weekly_tracker": "Weekly tracker",
        "insight.means": "Means",
        "attendance.list_attendance": "Attendance",
        "office.tracker": "Tracker",
    },
    "School": {
        "staff.list_staff": "Staff",
        "groups.list_groups": "Groups",
        "roll_over.show": "Roll-over",
        "timetable.show_week": "Timetable",
        "calendar.show_calendar": "Calendar",
        "bells.show_bells": "Bells",
        "policy.in_words": "Policy",
    },
    "Upkeep": {
        "imports.choose_file": "Import",
        "office.list_tablets": "Tablets",
        "accounts.list_accounts": "Accounts",
        "audit.read_trail": "Audit",
        "data.show_data": "Data",
        "health.tell_people": "Server",
    },
}
"""Pages by their endpoint. A page at an address below that of another one belongs to it and is not listed."""


@dataclass(frozen=True, slots=True)
class Link:
    """`here`: what is open is this page or section, or part of it."""

    name: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Section(Link):
    pages: list[Link]


def sections() -> list[Section]:
    """The sections in which whoever is signed in may open anything."""
    open_page = _open_page()
    found = [(name, _links(pages, open_page)) for name, pages in SECTIONS.items()]
    return [Section(name, links[0].address, any(link.here for link in links), links) for name, links in found if links]


def school_name() -> str:
    """Which school this is, since one may also serve a copy to train with."""
    school = the_school()
    return school.name if school else ""


def first_page() -> str:
    """The address of the first page that whoever is signed in may open."""
    return sections()[0].address


def _links(pages: dict[str, str], open_page: str) -> list[Link]:
    mine = [(url_for(endpoint), name) for endpoint, name in pages.items() if may_open(current_user.role, endpoint)]
    return [Link(name, address, address == open_page) for address, name in mine]


def _open_page() -> str:
    """The address of the page that is open, or of the one it belongs to; empty if it belongs to none."""
    addresses = [url_for(endpoint) for pages in SECTIONS.values() for endpoint in pages]
    above = [address for address in addresses if f"{request.path}/".startswith(f"{address.rstrip('/')}/")]
    return max(above, key=len, default="")
