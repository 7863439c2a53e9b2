"""Making the projections again from the log: to repair them, and to show that they follow from it.

Only rows that differ are written, so a sound school stays exactly as it is, sequence numbers included.
"""

from webapp.sync import operations
from webapp.sync.log.revisions import writing
from webapp.sync.tables import levels


def rebuild() -> dict[str, int]:
    """How many rows had to be put right, by what they follow from."""
    with writing() as revs:
        wrong = {noun.KINDS[0].split(".")[0]: noun.rebuild(revs) for noun in operations.ALL}
        return wrong | {"level": levels.recompute(revs)}
