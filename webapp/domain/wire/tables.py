"""All that a tablet holds, by the names that tables have on the wire."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, TypedDict

from webapp.domain.wire.operations import RefusalRow
from webapp.domain.wire.policy import SchoolRow
from webapp.domain.wire.rewards import AdmissionRow, AwardRow, CardRow, ChoiceRow, ItemRow, RedemptionRow, TillRow
from webapp.domain.wire.school import (
    CapRow,
    GroupRow,
    LessonRow,
    LevelRow,
    MembershipRow,
    ScoreRow,
    StaffRow,
    StudentRow,
)
from webapp.domain.wire.spaces import ApartRow, AskRow, AssistRow, PlanRow, SpaceRow, StayRow

REACH: Final = timedelta(days=14)
"""How far back, and how far ahead, tablets hold what belongs to a day."""


class Tables(TypedDict):
    """Rows by their ids, in no order that means something."""

    school: Mapping[str, SchoolRow]
    groups: Mapping[str, GroupRow]
    staff: Mapping[str, StaffRow]
    students: Mapping[str, StudentRow]
    memberships: Mapping[str, MembershipRow]
    lessons: Mapping[str, LessonRow]
    scores: Mapping[str, ScoreRow]
    levels: Mapping[str, LevelRow]
    caps: Mapping[str, CapRow]
    spaces: Mapping[str, SpaceRow]
    asks: Mapping[str, AskRow]
    stays: Mapping[str, StayRow]
    assists: Mapping[str, AssistRow]
    plans: Mapping[str, PlanRow]
    apart: Mapping[str, ApartRow]
    cards: Mapping[str, CardRow]
    items: Mapping[str, ItemRow]
    redemptions: Mapping[str, RedemptionRow]
    tills: Mapping[str, TillRow]
    admissions: Mapping[str, AdmissionRow]
    choices: Mapping[str, ChoiceRow]
    awards: Mapping[str, AwardRow]
    refusals: Mapping[str, RefusalRow]
