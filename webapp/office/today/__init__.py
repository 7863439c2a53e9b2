"""What is due today: attention, records, cover, plans, and students kept apart."""

from webapp.office.today import cover_routes, today_routes

PAGES = (
    cover_routes,
    today_routes,
)
