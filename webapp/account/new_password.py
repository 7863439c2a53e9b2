"""A form with a new password, typed twice."""

from webapp.domain.access.passwords import fault_of
from webapp.models import Staff

Problems = dict[str, str]


def problems_of(new: str, again: str, staff: Staff) -> Problems:
    """What is wrong with it, by field."""
    fault = fault_of(new, staff.username)
    if fault:
        return {"new": fault}
    return {} if new == again else {"again": "The two are not the same. Type the new password again."}
