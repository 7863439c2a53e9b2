"""Days as operations name them."""

from datetime import date

from webapp.domain.access.tenure import REACHES_BACK
from webapp.school.clock import local_date
from webapp.sync.log.entry import Entry


def is_long_ago(day: date, entry: Entry) -> bool:
    """Whether a day, whose allowance or level is to count, lies further back than any entry that counts can tell of."""
    return local_date(entry.at) - day > REACHES_BACK
