"""Who is expected in a lesson: the one rule behind rolls, receipts, points and what is not marked yet.

It goes by the lesson's own day. Somebody is on the list who is in the lesson's class and on roll on that day, or a
guest of that lesson; expected is whoever is on the list and has no part-time timetable for that period.
"""


def is_listed(member: bool, here: bool, guest: bool) -> bool:
    """Whether a student stands on a lesson's list: `member` of its class and `here`, on roll, on its day."""
    return guest or (member and here)


def is_expected(listed: bool, away: bool, guest: bool) -> bool:
    """Whether a student is to be marked. Whoever is a guest has come, whatever else the timetable says."""
    return guest or (listed and not away)
