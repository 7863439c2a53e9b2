"""Pages for the desk and the leaders: tablets, what needs attention, reflection spaces, rewards, and the set-up."""

from flask import Flask

from webapp.office import (
    audit_routes,
    bell_routes,
    calendar_routes,
    import_routes,
    insight_routes,
    navigation,
    reward_routes,
    routes,
)


def init_app(app: Flask) -> None:
    app.register_blueprint(routes.bp)
    app.register_blueprint(reward_routes.bp)
    app.register_blueprint(insight_routes.bp)
    app.register_blueprint(calendar_routes.bp)
    app.register_blueprint(bell_routes.bp)
    app.register_blueprint(audit_routes.bp)
    app.register_blueprint(import_routes.bp)
    app.add_template_global(navigation.sections, "desk_sections")
