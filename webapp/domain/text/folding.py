"""Names as they are compared, however they are written: case, accents, invisible letters, and letters that look alike
aside. Each folded letter knows its place in the text."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from webapp.domain.text.text import normal

_DROPPED: Final = ("Mn", "Me", "Cf", "Cc")
_INVISIBLE: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0")
_LETTERS: Final = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "n",
    **dict.fromkeys("ʹʺʻʼʽʾʿˈˊˋˌˮʔꞌǃ", "'"),
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢɑɡɩ", "abcdefghijklmnopqrstuvwyzagi", strict=True)),
}
_SHAPES: Final = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕԁһԛԝӏвкмнтѡѠԜԚүԍΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχϲωօսհոցᎪᏴᏟᎠᎬᎻᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃᏀ"
    "ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ",
    "ABEKMHOPCTYXIJSaeopcyxijsdhqwlbkmhtwWWQyGABEZHIKMNOPTYXaeikvoptuxcwouhngABCDEHJKLMPRSTVWZG"
    "BPDTGKJCZFMNLSRVHWXYAEIOU",
) | {start + place: 65 + place for start in (0x1F150, 0x1F170) for place in range(26)}
"""Letters of other scripts, and white ones on black, by the Latin ones they look like."""

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("'‘’‛′´`＇", ""))
_BETWEEN = re.compile(r"[\W_]+")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")


class Token(NamedTuple):
    """A word or a number of a text: folded, and from where to where it stands."""

    word: str
    start: int
    end: int


def fold(text: str, shapes: bool = False) -> str:
    """The text as names are compared; with `shapes`, letters of other scripts as the Latin ones they look like."""
    return "".join(_letter(letter) for letter in (text.translate(_SHAPES) if shapes else text))


def plain(text: str) -> str:
    """The text's words and numbers as they are compared, one space between. An apostrophe parts nothing: O’Neill is
    "oneill". A tablet has the same of its own."""
    return _BETWEEN.sub(" ", fold(text.translate(_APOSTROPHES)).translate(_APOSTROPHES)).strip()


def tokens(text: str, shapes: bool = False) -> list[Token]:
    """The words and numbers of a text. A word's end has its marks and invisible letters with it."""
    letters, places = list[str](), list[int]()
    source = text.translate(_SHAPES) if shapes else text
    for place, letter in enumerate(source):
        for folded in _letter(letter):
            letters.append(folded)
            places.append(place)
    places.append(len(text))
    found = []
    for match in _TOKEN.finditer("".join(letters)):
        end = places[match.end() - 1] + 1
        while end < len(text) and unicodedata.category(text[end]) in ("Mn", "Me", "Cf"):
            end += 1
        found.append(Token(match[0], places[match.start()], end))
    return found


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    if letter.isspace():
        return " "
    plain = normal(normal(letter.casefold(), "NFKD").casefold(), "NFKD")
    kept = (one for one in plain if unicodedata.category(one) not in _DROPPED and one not in _INVISIBLE)
    return "".join(_LETTERS.get(one, one) for one in kept)
