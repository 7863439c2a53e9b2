"""What a school is made of: staff, groups, timetable, calendar and bells."""

from webapp.office.school import bell_routes, calendar_routes, group_routes, staff_routes, timetable_routes

BLUEPRINTS = (
    staff_routes.bp,
    group_routes.bp,
    timetable_routes.bp,
    calendar_routes.bp,
    bell_routes.bp,
)
