"""The scale that the rules' tests share."""

from fractions import Fraction

from webapp.domain.marks.levels import LevelRule, LevelScale

SCALE = LevelScale(
    rules=(
        LevelRule("heroic", "Heroic", Fraction("4.6"), 2, "4.1"),
        LevelRule("creative", "Creative", Fraction("4.0"), 1, "4.1"),
    ),
    look_back=2,
)
