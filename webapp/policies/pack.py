"""What a policy pack holds once it has been checked."""

from dataclasses import dataclass
from datetime import date

from webapp.domain.levels import LevelScale
from webapp.domain.marks import Mark


@dataclass(frozen=True, slots=True)
class MarkRule:
    """One step of the mark scale, with the criteria shown where staff score."""

    mark: int
    name: str
    criteria: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class CodeRule:
    """A word recorded instead of a mark, and why it stays out of the mean (D1)."""

    word: str
    label: str
    why: str
    clause: str


@dataclass(frozen=True, slots=True)
class Decision:
    """How a silence of the policy was settled, in words for a receipt."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A school's policy: marks highest first, the codes beside them, the levels and the decisions."""

    key: str
    name: str
    dated: date
    marks: tuple[MarkRule, ...]
    codes: tuple[CodeRule, ...]
    scale: LevelScale
    decisions: tuple[Decision, ...]

    def name_of(self, mark: Mark) -> str:
        """What staff call a mark: "Heroic", "Authorised absence"; empty for an unmarked lesson."""
        names: dict[Mark, str] = {None: ""}
        names |= {rule.mark: rule.name for rule in self.marks} | {rule.word: rule.label for rule in self.codes}
        return names[mark]

    def level_name(self, key: str | None) -> str:
        """What staff call a level: "Creative"; empty for no level."""
        return next((rule.name for rule in self.scale.rules if rule.key == key), "")

    def decision(self, key: str) -> str:
        """The words of a decision such as "D3"."""
        return next(decision.text for decision in self.decisions if decision.key == key)
