"""Keeping the school running: imports, tablets, accounts, the audit trail and the server."""

from webapp.office.upkeep import account_routes, audit_routes, health_routes, import_routes, tablet_routes

PAGES = (
    account_routes,
    audit_routes,
    health_routes,
    import_routes,
    tablet_routes,
)
