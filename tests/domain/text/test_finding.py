"""Whoever is typed of, in part and in whatever way, is found."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.domain.text.finding import found, key_of
from webapp.domain.text.folding import plain

PEOPLE = {
    "siobhan": ["Siobhán O’Neill", "Siobhan Oneal", "8H", "4711"],
    "nana": ["Nana Yaa Osei-Bonsu", "8K"],
    "zoe": ["Zoë van der Berg", "9 Red"],
    "li": ["Li Wei", "7A"],
    "oliver": ["Oliver McDonald", "7A"],
    "jose": ["JOSÉ ÅNGSTRØM", "10P"],
}
KEYS = {name: key_of(texts) for name, texts in PEOPLE.items()}
CASES = [
    *((typed, ["siobhan"]) for typed in ("o'neill", "O’NEILL siob", "oneill", "neill", "o‘neill", "o´neill", "oneal")),
    *((typed, ["siobhan"]) for typed in ("siobhán", "8h siobhan", "4711", "711")),
    *((typed, ["nana"]) for typed in ("osei bonsu", "bonsu, nana", "oseibonsu", "osei\u2011bonsu", "bonsu nanayaa")),
    *((typed, ["zoe"]) for typed in ("zoe", "vanderberg", "Van Der Berg", "van-der berg", "9red")),
    *((typed, ["jose"]) for typed in ("angstrom", "jose\u0301", "jo se")),
    ("mc donald", ["oliver"]),
    ("li", ["li", "oliver"]),
    ("7a", ["li", "oliver"]),
    ("yaao", ["nana"]),
    *((typed, []) for typed in ("", " ", "-", "'", "nayaa8k", "li 8h", "|", "x")),
]  # fmt: skip
TYPED = [typed for typed, _ in CASES]


@pytest.mark.parametrize(("typed", "names"), CASES)
def test_who_is_found(typed: str, names: list[str]):
    assert found(typed, KEYS) == names


@settings(max_examples=50)
@given(st.lists(st.text("aéøßŁñ'’- bcDE9", min_size=1, max_size=12), min_size=1, max_size=4), st.data())
def test_any_part_of_any_name_in_any_order_and_spelling_finds(texts: list[str], data: st.DataObject):
    words = [word for text in texts for word in plain(text).split()]
    if not words:
        return
    parts = list[str]()
    for word in data.draw(st.permutations(words)):
        start = data.draw(st.integers(0, len(word) - 1))
        parts.append(word[start : data.draw(st.integers(start + 1, len(word)))])
    typed = " ".join(
        data.draw(st.sampled_from((part, part.upper(), unicodedata.normalize("NFD", part)))) for part in parts
    )
    assert found(typed, {"one": key_of(texts)}) == ["one"]
    assert found("".join(plain(texts[0]).split()) or typed, {"one": key_of(texts)}) == ["one"]


@settings(max_examples=50)
@given(st.text())
def test_plain_words_are_plain(text: str):
    assert plain(plain(text)) == plain(text)
