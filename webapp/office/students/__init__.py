"""Students: the list, finding and correcting what was recorded, cards and limits."""

from webapp.office.students import card_routes, contact_routes, correction_routes, merge_routes, student_routes

PAGES = (
    card_routes,
    contact_routes,
    correction_routes,
    merge_routes,
    student_routes,
)
