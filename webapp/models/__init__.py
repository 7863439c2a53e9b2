"""Tables, one file per noun."""

from webapp.models.base import Base, db, insert_rows
from webapp.models.device import Device, EnrolCode, LockOut, SignIn
from webapp.models.lesson import Lesson, TimetableEntry
from webapp.models.operation import Operation, Quarantined
from webapp.models.people import Group, Staff, Student
from webapp.models.reward import Cap, Level, Score
from webapp.models.school import CalendarEntry, Period, School
from webapp.models.space import Apart, Ask, Assist, Plan, Restraint, Space, Stay

__all__ = [
    "Apart",
    "Ask",
    "Assist",
    "Base",
    "CalendarEntry",
    "Cap",
    "Device",
    "EnrolCode",
    "Group",
    "Lesson",
    "Level",
    "LockOut",
    "Operation",
    "Period",
    "Plan",
    "Quarantined",
    "Restraint",
    "School",
    "Score",
    "SignIn",
    "Space",
    "Staff",
    "Stay",
    "Student",
    "TimetableEntry",
    "db",
    "insert_rows",
]
