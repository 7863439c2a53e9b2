"""Tables, one file per noun."""

from webapp.models.account import Account, BrowserSession, ProviderAccount, RecoveryCode, SecondFactor, SetUpLink
from webapp.models.audit import AuditCut, AuditLine
from webapp.models.base import Base, db, insert_rows
from webapp.models.card import BoardName, Card
from webapp.models.device import Device, EnrolCode, LockOut, PastSignIn, SignIn
from webapp.models.home import Attendance, Contact
from webapp.models.imports import ImportColumn, ImportRun, Tombstone, Upload
from webapp.models.lesson import Cover, Guest, Lesson, TimetableEntry
from webapp.models.level import Cap, Level, Score
from webapp.models.operation import Operation, Quarantined
from webapp.models.people import FormerUpn, Group, Membership, Merge, PartTime, Responsibility, Spell, Staff, Student
from webapp.models.policy import PolicyDraft, PolicyVersion
from webapp.models.restoration import Overturned, Restoration
from webapp.models.retention import RetentionRun
from webapp.models.reward import Admission, Award, OptionChoice, TripDecision
from webapp.models.school import CalendarEntry, Period, RollOver, School
from webapp.models.space import Apart, Ask, Assist, Plan, Restraint, Space, Stay
from webapp.models.tuck import Item, Redemption, StockCount, Till

__all__ = [
    "Account",
    "Admission",
    "Apart",
    "Ask",
    "Assist",
    "Attendance",
    "AuditCut",
    "AuditLine",
    "Award",
    "Base",
    "BoardName",
    "BrowserSession",
    "CalendarEntry",
    "Cap",
    "Card",
    "Contact",
    "Cover",
    "Device",
    "EnrolCode",
    "FormerUpn",
    "Group",
    "Guest",
    "ImportColumn",
    "ImportRun",
    "Item",
    "Lesson",
    "Level",
    "LockOut",
    "Membership",
    "Merge",
    "Operation",
    "OptionChoice",
    "Overturned",
    "PartTime",
    "PastSignIn",
    "Period",
    "Plan",
    "PolicyDraft",
    "PolicyVersion",
    "ProviderAccount",
    "Quarantined",
    "RecoveryCode",
    "Redemption",
    "Responsibility",
    "Restoration",
    "Restraint",
    "RetentionRun",
    "RollOver",
    "School",
    "Score",
    "SecondFactor",
    "SetUpLink",
    "SignIn",
    "Space",
    "Spell",
    "Staff",
    "Stay",
    "StockCount",
    "Student",
    "Till",
    "TimetableEntry",
    "Tombstone",
    "TripDecision",
    "Upload",
    "db",
    "insert_rows",
]
