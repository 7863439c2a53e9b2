"""A student's choice for this week's options period, made with the card."""

from datetime import datetime

from webapp.domain.refusal import Refusal
from webapp.domain.rewards.options import FULL, NOT_ENTITLED
from webapp.domain.time.calendar import week_of
from webapp.models.device import BROWSER
from webapp.results.points import places_of
from webapp.school.clock import local_date
from webapp.student.words import chosen_words
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing
from webapp.sync.operations.options import CHOOSE

STUDENT = "student"
"""Who is said to have chosen: whoever holds the card."""


def choose(student: int, key: str, now: datetime) -> str | Refusal:
    """Choose for this week, or take the choice back with an empty key; what to say of it.

    What can be told at once is not sent, since every refusal would be listed for somebody to look into.
    """
    today = local_date(now)
    with writing() as revs:
        place = next((place for place in places_of(student, today) if place.key == key), None)
        if key and (place is None or place.full):
            return FULL if place else NOT_ENTITLED
        body = {"student": str(student), "week": week_of(today), "choice": key or None}
        [refusal] = submit(revs, own_device(BROWSER), [Draft(CHOOSE, STUDENT, body, now)])
    return refusal or chosen_words(place.name if place else "")
