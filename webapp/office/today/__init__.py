"""What is due today: attention, records, cover, plans, and students kept apart."""

from webapp.office.today import (
    cover_routes,
    today_routes,  # noqa: F401  # adds to the desk's blueprint
)

BLUEPRINTS = (cover_routes.bp,)
