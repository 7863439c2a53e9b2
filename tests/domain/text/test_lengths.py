"""How long what is sent may be, and that Unicode is never asked to normalise a long run of marks."""

import ast
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.text.lengths import (
    LONGEST,
    LONGEST_FIELD,
    MOST_ITEMS,
    OTHERWISE,
    cut,
    fault_of_body,
    longest,
)
from webapp.domain.text.text import (
    HIGHEST,
    LONGEST_RUN,
    clean,
    email_of,
    normal,
    sort_key,
    whole,
    whole_number,
)

WEBAPP = Path(__file__).parents[3] / "webapp"
NORMALISES = {"normalize", "is_normalized"}
MARKS = ("\u0301", "\u0344", "\u0300\u0316", "\u3099", "\U0001d165", "\u0f73", "\u05b0")
"""Some of which are taken apart into two, or stand in another order once normalised."""


def longest_run(text: str) -> int:
    """The most combining marks in a row once every character is taken apart."""
    longest = run = 0
    for letter in unicodedata.normalize("NFKD", text):
        run = run + 1 if unicodedata.combining(letter) else 0
        longest = max(longest, run)
    return longest


def test_one_place_alone_normalises():
    for file in WEBAPP.rglob("*.py"):
        tree = ast.parse(file.read_text())
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        assert not names & NORMALISES or file == WEBAPP / "domain" / "text" / "text.py", file


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("made", [clean, normal, sort_key, email_of, lambda text: normal(text, "NFKD")])
def test_what_is_normalised_has_no_long_run_of_marks(monkeypatch: pytest.MonkeyPatch, mark: str, made):
    asked: list[str] = []
    ask = unicodedata.normalize

    def noting(form, text: str) -> str:
        asked.append(text)
        return ask(form, text)

    monkeypatch.setattr(unicodedata, "normalize", noting)
    made("a" + mark * 20_000 + "b")
    monkeypatch.undo()
    assert max(map(longest_run, asked), default=0) <= LONGEST_RUN


@given(st.text(st.sampled_from("aé\u0344\u0301\u0323\u3099ガ\u0f73\U0001d165 "), max_size=200))
def test_breaking_runs_keeps_everything_and_is_done_once(text: str):
    done = normal(text)
    assert longest_run(done) <= LONGEST_RUN
    assert normal(done) == done
    assert sort_key(done) == sort_key(text)


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_short_runs_are_normalised_as_unicode_says(text: str):
    assert normal(text) == unicodedata.normalize("NFC", text)
    assert normal(text, "NFKD") == unicodedata.normalize("NFKD", text)


@given(st.text(st.characters(codec=None, categories=None)))
def test_whole_text_can_be_stored_everywhere(text: str):
    assert "\0" not in whole(text).encode().decode()
    assert len(whole(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("12", 12), ("007", 7), (str(HIGHEST), HIGHEST)]
    + [(text, None) for text in (str(HIGHEST + 1), str(10**30), "9" * 5000, "-1", "+1", "1.0", "1e3", "", " 1", "1_0")]
    + [(text, None) for text in ("\uff11\uff12", "\u0663", "\u00b2", "1\n", "\0", None, 1, 1.0, True)],
)
def test_a_whole_number_is_written_in_plain_digits_and_fits(text: object, number: int | None):
    assert whole_number(text) == number


@pytest.mark.parametrize("field", [*LONGEST, "student", "x"])
def test_a_text_is_refused_by_the_name_and_limit_of_its_field_however_deep_it_lies(field: str):
    most = longest(field)
    for wrap in (lambda it: it, lambda it: [it], lambda it: [{"a": [], field: it}], lambda it: {field: [1, it]}):
        assert fault_of_body({field: wrap("\u0301" * most)}) is None
        refusal = fault_of_body({field: wrap("\u0301" * (most + 1))})
        assert refusal is not None
        assert f"{most:,} letters" in refusal.detail
        assert field.replace("-", " ").capitalize() in refusal.detail


HUGE = [
    {"x": ["1"] * (MOST_ITEMS + 1)},
    {str(n): n for n in range(MOST_ITEMS + 1)},
    {"x" * (LONGEST_FIELD + 1): 1},
    {"\u0301" * 200_000: {}},
    {"x": "y" * (OTHERWISE + 1)},
]


@pytest.mark.parametrize("body", HUGE)
def test_what_is_kept_of_a_large_body_is_small(body: dict):
    assert fault_of_body(body) is not None
    kept = cut(body)
    assert len(str(kept)) < 200_000
    assert max(len(name) for name in kept) <= LONGEST_FIELD + 1
