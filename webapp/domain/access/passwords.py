"""Which new passwords will do: long ones that are not the first that come to mind. Nothing else is asked of them."""

import re
from typing import Final

from webapp.domain.text.text import sort_key

SHORTEST: Final = 12
LONGEST: Final = 200
FEWEST_DIFFERENT: Final = 5

# What lists of stolen passwords are full of, digits and signs around it aside.
_WORDS: Final = """
password passwort passwords mypassword passwordpassword passwordispassword thisismypassword thisisapassword
qwerty qwertyuiop qwertyuiopasdfghjkl qwertyqwerty asdfghjkl asdfghjklqwertyuiop qazwsxedc qazwsxedcrfv zxcvbnm
letmein letmeinplease iloveyou iloveyouiloveyou welcome welcomeback changeme changemenow pleasechangeme
administrator admin adminadmin football footballfan manchesterunited liverpoolfc chelseafc arsenalfc
princess sunshine superman superstar trustno monkey dragon master mustang michael charlie
reachable reachableschool school schoolschool teacher teachers headteacher secret supersecret
correcthorsebatterystaple correcthorse unbelievable spongebobsquarepants abcdefghijkl abcdefghijklmnopqrstuvwxyz
onetwothreefour summer winter spring autumn january february march april june july august september october
november december monday tuesday wednesday thursday friday saturday sunday
"""
_FIRST_IDEAS: Final = frozenset(_WORDS.split())
_RUNS: Final = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def fault_of(password: str, username: str) -> str | None:
    """Why a new password will not do, if so, in words."""
    if len(password) < SHORTEST:
        return f"Choose at least {SHORTEST} characters. Three or four words are easy to remember."
    if len(password) > LONGEST:
        return f"Choose at most {LONGEST} characters."
    plain = sort_key(password)
    if sort_key(username) in plain:
        return "Choose one without your username in it."
    if _comes_to_mind(plain):
        return "Many people choose this one. Choose words that nobody would put together."
    return None


def _comes_to_mind(plain: str) -> bool:
    letters = re.sub(r"[\W\d_]+", "", plain)
    runs = (run for line in _RUNS for run in (line, line[::-1]))
    return (
        len(set(plain)) < FEWEST_DIFFERENT
        or letters in _FIRST_IDEAS
        or any(plain in run for run in runs)
        or plain in _twice(plain)
    )


def _twice(plain: str) -> tuple[str, ...]:
    """What a short word said several times over would look like."""
    return tuple(word * (len(plain) // size) for size in range(1, 5) if (word := plain[:size]))
