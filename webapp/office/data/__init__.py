"""What the law asks of the data: what is held about a student, and how long it is kept."""

from webapp.office.data import data_routes, retention_routes

BLUEPRINTS = (
    data_routes.bp,
    retention_routes.bp,
)
