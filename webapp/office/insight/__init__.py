"""What leaders read: means, the weekly tracker, and how the spaces are used."""

from webapp.office.insight import insight_routes, tracker_routes

PAGES = (
    insight_routes,
    tracker_routes,
)
