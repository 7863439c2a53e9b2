"""What a school is made of: staff, groups, timetable, calendar and bells."""

from webapp.office.school import (
    bell_routes,
    calendar_routes,
    group_routes,
    roll_over_routes,
    staff_routes,
    timetable_routes,
)

PAGES = (
    bell_routes,
    calendar_routes,
    group_routes,
    roll_over_routes,
    staff_routes,
    timetable_routes,
)
