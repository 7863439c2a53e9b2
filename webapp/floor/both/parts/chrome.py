"""What stands around every screen."""

from datetime import datetime
from typing import TypedDict

from webapp.domain.access.duties import BROWSER, TILL
from webapp.domain.text.words import age_words
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.alerts import Alert, alerts
from webapp.floor.both.parts.facts import staff_name
from webapp.floor.both.parts.viewer import Viewer

ANYTHING = "floor"
DUTIES = {"reception": "reception", "tuck-shop": TILL}
"""The duties that come with a role, on a device that has none of its own."""


class Chrome(TypedDict):
    """Heading, tabs, calls and what is saved where.

    `tab` is the tab that is open, `back` the address one level up, `duty` what the tabs are for. `staff` is who holds
    the tablet ("": nobody), `still` their id where they are asked whether they do, `waiting` how many entries are not
    at school or were refused, `saved` "tablet" or "school", `status` the same in words, `trouble` what keeps the tablet
    from saving or sending.
    """

    title: str
    sub: str
    tab: str
    back: str
    tablet: bool
    duty: str
    staff: str
    still: str
    waiting: int
    saved: str
    status: str
    trouble: str
    calls: list[Alert]


def chrome(
    tables: Tables,
    viewer: Viewer,
    now: datetime,
    title: str,
    *,
    sub: str = "",
    tab: str = "",
    back: str = "",
) -> Chrome:
    return {
        "title": title,
        "sub": sub,
        "tab": tab,
        "back": back,
        "tablet": viewer.device != BROWSER,
        "duty": duty(tables, viewer),
        "staff": staff_name(tables, viewer.staff) if viewer.staff else "",
        "still": str(viewer.staff) if viewer.doubtful else "",
        "waiting": len(viewer.waiting) + len(tables["refusals"]),
        "saved": "tablet" if viewer.waiting else "school",
        "status": status(viewer, now),
        "trouble": viewer.trouble or "",
        "calls": alerts(tables, viewer, now),
    }


def duty(tables: Tables, viewer: Viewer) -> str:
    """What the tabs are for: the duty of the device, else of the person."""
    staff = tables["staff"].get(str(viewer.staff))
    return DUTIES.get(staff["role"], ANYTHING) if staff and viewer.duty == ANYTHING else viewer.duty


def may_mark(tables: Tables, viewer: Viewer) -> bool:
    """Whether somebody may mark lessons: whoever has no duty of the role does."""
    staff = tables["staff"].get(str(viewer.staff))
    return not (staff and staff["role"] in DUTIES)


def status(viewer: Viewer, now: datetime) -> str:
    """What is saved where: "All saved at school", "7 saved on this tablet · 4 min"."""
    if not viewer.waiting:
        return "All saved at school"
    oldest = min(datetime.fromisoformat(operation["at"]) for operation in viewer.waiting)
    seconds = max(0, int((now - oldest).total_seconds()))
    return f"{len(viewer.waiting)} saved on this tablet · {age_words(seconds)}"
