"""Whose card it is, and the brake on guessing.

A token has 128 random bits, so nobody guesses one. The brake keeps those who try from being heard all the time, and is
short, since all phones of a school may share one address.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from webapp.cards import student_of
from webapp.sync.brake import Brake, Guess
from webapp.sync.places import source
from webapp.sync.sequence import writing

BRAKE: Final = Brake(tries=10, wait=timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class Holder:
    """The student whose card it is."""

    student: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """No card that works has this token, whether there ever was one or not."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many cards did not work; whole seconds until one is looked at again."""

    seconds: int


def holder_of(token: str, now: datetime) -> Holder | Wrong | Wait:
    """Who shows this token. A wrong one is counted against the tablet or the network it came from.

    A right one forgets nothing: whoever has a card of their own could go on guessing between.
    """
    guess = Guess((f"card:{source()}", BRAKE))
    with writing():
        if wait := guess.left(now):
            return Wait(-(-wait // timedelta(seconds=1)))
        student = student_of(token)
        if student is not None:
            return Holder(student.id)
        guess.count(now)
        return Wrong()
