"""What leaders read: means, the weekly tracker, and how the spaces are used."""

from webapp.office.insight import (
    insight_routes,
    tracker_routes,  # noqa: F401  # adds to the desk's blueprint
)

BLUEPRINTS = (insight_routes.bp,)
