"""What leaders read: attendance, means, the weekly tracker, and how the spaces are used."""

from webapp.office.insight import attendance_routes, insight_routes, tracker_routes

PAGES = (
    attendance_routes,
    insight_routes,
    tracker_routes,
)
