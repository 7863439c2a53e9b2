"""Who makes somebody what they are at the school."""

from webapp.domain.access.rights import DESK, HEADS, LEADERS, LEADERSHIP
from webapp.domain.access.role_groups import People


def givers(*roles: str | None) -> People:
    """Who may give and take these roles: leaders are made by the leadership team alone, and nobody makes or unmakes
    those who stand above them."""
    if any(role in HEADS for role in roles):
        return HEADS
    return LEADERSHIP if any(role in LEADERS for role in roles) else DESK


def may_give(giver: str, *roles: str | None) -> bool:
    """Whether somebody of a role may give and take these."""
    return giver in givers(*roles)
