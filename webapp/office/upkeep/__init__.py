"""Keeping the school running: imports, tablets, accounts, the audit trail and the server."""

from webapp.office.upkeep import (
    account_routes,
    audit_routes,
    health_routes,
    import_routes,
    tablet_routes,  # noqa: F401  # adds to the desk's blueprint
)

BLUEPRINTS = (
    import_routes.bp,
    account_routes.bp,
    audit_routes.bp,
    health_routes.bp,
)
