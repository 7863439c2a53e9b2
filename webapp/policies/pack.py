"""What a policy pack holds once it has been checked."""

from dataclasses import dataclass
from datetime import date, timedelta

from webapp.domain.marks.levels import LevelScale
from webapp.domain.marks.marks import Mark
from webapp.policies.kept import KeepRule
from webapp.policies.rewards import RewardRules


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
class SpaceRule:
    """A reflection space: how many students it takes, which spaces are next to it, and whether interventions may
    be planned in it."""

    key: str
    name: str
    key_stage: int
    capacity: int
    beside: tuple[str, ...]
    planned: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, as it is stored and as staff call it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class CallRules:
    """What the reflection spaces are for, who may wait how long, and the words to choose from.

    `lapse` is how long a space is held for whoever asked, `unnamed` how long a student may be in one with no adult
    named. `never` is what the spaces are not for, and so is no reason to ask.
    """

    purpose: str
    lapse: timedelta
    unnamed: timedelta
    clause: str
    spaces: tuple[SpaceRule, ...]
    reasons: tuple[Choice, ...]
    never: tuple[Choice, ...]
    strategies: tuple[Choice, ...]
    interventions: tuple[Choice, ...]

    def space(self, key: object) -> SpaceRule | None:
        return next((space for space in self.spaces if space.key == key), None)


@dataclass(frozen=True, slots=True)
class Pack:
    """A school's policy: marks highest first, the codes beside them, the levels, the spaces, the rewards, the
    decisions, and how long records are kept.

    `digest` changes with anything in its file.
    """

    key: str
    name: str
    dated: date
    marks: tuple[MarkRule, ...]
    codes: tuple[CodeRule, ...]
    scale: LevelScale
    calls: CallRules
    rewards: RewardRules
    decisions: tuple[Decision, ...]
    kept: tuple[KeepRule, ...]
    digest: str

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
