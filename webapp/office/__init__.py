"""Pages for the desk and the leaders: tablets, what needs attention, spaces, rewards, the policy, and the set-up."""

from flask import Flask

from webapp.office import (
    account_routes,
    audit_routes,
    bell_routes,
    calendar_routes,
    corrections_routes,
    cover_routes,
    data_routes,
    group_routes,
    health_routes,
    import_desk,
    import_routes,
    insight_routes,
    navigation,
    policy_routes,
    retention_routes,
    reward_routes,
    routes,
    setup_routes,
    staff_routes,
    student_routes,
    timetable_routes,
)
from webapp.office.addresses import KeyConverter

PAGES = (
    routes,
    reward_routes,
    insight_routes,
    corrections_routes,
    calendar_routes,
    bell_routes,
    timetable_routes,
    student_routes,
    staff_routes,
    group_routes,
    cover_routes,
    audit_routes,
    data_routes,
    retention_routes,
    health_routes,
    import_routes,
    policy_routes,
    account_routes,
)


def init_app(app: Flask) -> None:
    app.url_map.converters["key"] = KeyConverter
    for pages in PAGES:
        app.register_blueprint(pages.bp)
    app.add_template_global(navigation.sections, "desk_sections")
    app.add_template_global(navigation.school_name, "desk_school")
    setup_routes.init_app(app)
    app.extensions["import_desk"] = import_desk.Desk()
