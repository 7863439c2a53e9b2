"""What the law asks of the data: what is held about a student, and how long it is kept."""

from webapp.office.data import data_routes, retention_routes

PAGES = (
    data_routes,
    retention_routes,
)
