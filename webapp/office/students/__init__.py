"""Students: the list, finding and correcting what was recorded, cards and limits."""

from webapp.office.students import (
    card_routes,  # noqa: F401  # adds to the desk's blueprint
    correction_routes,
    student_routes,
)

BLUEPRINTS = (
    student_routes.bp,
    correction_routes.bp,
)
