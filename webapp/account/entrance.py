"""Where everybody comes in who has shown who they are, by whichever way."""

from flask import redirect
from werkzeug import Response

from webapp.models import Staff
from webapp.school import clock
from webapp.sync.devices.devices import current_device
from webapp.sync.devices.places import remember
from webapp.web import identity
from webapp.web.access import to_wanted

CODE_PAGE = "/sign-in/code"


def enter(staff: Staff, complete: bool, on_call: bool = False) -> Response:
    """On into the school; who is still to show a second factor is asked for it, on a tablet before the desk only."""
    tablet = current_device()
    if not complete:
        identity.half_way(staff, clock.now(), on_call, floor=tablet is not None)
        return to_wanted("/") if tablet else redirect(CODE_PAGE, 303)
    identity.begin(staff, clock.now(), on_call)
    answer = to_wanted("/" if tablet else "/today")
    if tablet is None:
        remember(answer, staff.id)
    return answer
