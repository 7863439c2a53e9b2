"""Which operation stands when several people marked one student in one lesson.

Knowledge beats clocks: a mark made by someone who could see another one wins over it, whatever the time on
either tablet. Clocks only choose between marks whose authors could not know of each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from webapp.domain.marks.marks import Mark


class Claim(NamedTuple):
    """One mark as recorded.

    `seq` is the order of storing, `n` the tablet's own count, `at` the estimated time, `base` the highest
    `seq` the person was looking at, `replaces` the `op` this one was made to replace.
    """

    op: str
    seq: int
    device: str
    incarnation: str
    n: int
    by: str
    mark: Mark
    at: datetime
    base: int | None
    replaces: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The claim that stands, and whether two people disagree about it without having known of each other."""

    winner: Claim
    contested: bool


def decide(claims: Sequence[Claim]) -> Verdict:
    """The verdict on all claims (at least one) about one student in one lesson, in any order."""
    if len(claims) == 1:
        return Verdict(claims[0], contested=False)
    rivals = rivals_among(claims)
    return Verdict(max(rivals, key=_lateness), _disagree(rivals))


def rivals_among(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that no other was made in knowledge of.

    A superseded claim still supersedes: in a chain A, B, C both A and B fall, also when C never knew of A.
    """
    replaced = {claim.replaces for claim in claims if claim.replaces != claim.op}
    newest = _newest_by_tablet(claims)
    found = []
    seen = -1
    for claim in sorted(claims, key=_stored, reverse=True):
        if claim.seq > seen and claim.op not in replaced and claim.n == newest[claim.device, claim.incarnation]:
            found.append(claim)
        seen = max(seen, -1 if claim.base is None else claim.base)
    # Only clients that lie about what they replace can leave nothing standing: the order of storing decides.
    return found or [max(claims, key=_stored)]


def _newest_by_tablet(claims: Sequence[Claim]) -> dict[tuple[str, str], int]:
    newest: dict[tuple[str, str], int] = {}
    for claim in claims:
        tablet = claim.device, claim.incarnation
        newest[tablet] = max(claim.n, newest.get(tablet, claim.n))
    return newest


def _disagree(claims: Sequence[Claim]) -> bool:
    return any(a.by != b.by and a.mark != b.mark for a, b in combinations(claims, 2))


def _lateness(claim: Claim) -> tuple[datetime, str, int, str]:
    return claim.at, claim.device, claim.n, claim.incarnation


def _stored(claim: Claim) -> int:
    return claim.seq
