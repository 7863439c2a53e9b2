from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policies.conftest import REACH
from webapp.policies import PolicyError, available, load, load_file

REWARDS = [
    *("cards", "cards.names", "cards.photo", "cards.clause"),
    *("tuck", "tuck.items", "tuck.void", "tuck.clause"),
    *("room", "room.name", "room.capacity", "room.windows", "room.levels", "room.clause"),
    *("options", "options.choices", "options.clause"),
    *("trip", "trip.places", "trip.least", "trip.clause"),
    *("pathway", "pathway.awards", "pathway.key_stages", "pathway.clause"),
]


def test_the_packs_of_the_software_are_listed_and_load():
    assert "reach" in available()
    assert [load(key).key for key in available()] == available()


def test_a_pack_is_loaded_once():
    assert load("reach") is load("reach")


def test_reach_has_the_marks_of_its_policy():
    pack = load("reach")
    names = ["Heroic", "Creative", "Active", "Engaged", "Ready", "Did not achieve"]
    assert [(rule.mark, rule.name) for rule in pack.marks] == list(zip(range(5, -1, -1), names, strict=True))
    assert all(len(rule.criteria) == 3 and rule.clause == "4.1" for rule in pack.marks)


def test_reach_has_the_levels_of_its_policy():
    scale = load("reach").scale
    levels = [(rule.key, rule.threshold, rule.tuck_items) for rule in scale.rules]
    assert levels == [("heroic", Fraction(23, 5), 2), ("creative", Fraction(4), 1)]
    assert scale.look_back == 2


def test_reach_explains_its_codes_and_decisions():
    pack = load("reach")
    assert [code.word for code in pack.codes] == ["authorised", "exempt"]
    assert [decision.key for decision in pack.decisions] == ["D1", "D2", "D3", "D4", "D5", "D6"]
    assert pack.dated == date(2024, 9, 1)


def test_a_mark_is_called_what_staff_call_it():
    names = [load("reach").name_of(mark) for mark in (5, 0, "authorised", "exempt", None)]
    assert names == ["Heroic", "Did not achieve", "Authorised absence", "Exempt", ""]


@pytest.mark.parametrize("key", ["hogwarts", "", "../reach", "reach.toml", "REACH"])
def test_a_pack_that_does_not_exist_is_refused_with_those_that_do(key):
    with pytest.raises(PolicyError, match=r"expected one of the packs .*reach"):
        load(key)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('key = "reach"', 'key = "star"', "key: expected 'reach', found 'star'"),
        ('name = "REACH"', "", "name: expected a text that is not empty, found nothing"),
        ('name = "REACH"', 'name = " "', "name: expected a text that is not empty, found ' '"),
        ("2024-09-01", '"2024-09-01"', "dated: expected a date without quotes, such as 2024-09-01, found"),
        ("2024-09-01", "2024-09-01T00:00:00Z", "dated: expected a date without quotes"),
        ("mark = 5", "mark = 6", "marks#1.mark: expected 5, found 6"),
        ("mark = 1", "mark = true", "marks#5.mark: expected 1, found True"),
        ("mark = 4", "mark = 4.0", "marks#2.mark: expected 4, found 4.0"),
        ('name = "Heroic"', "name = 5", "marks#1.name: expected a text that is not empty, found 5"),
        ('"Solves problems"', "3", "marks#2.criteria: expected a list of texts that are not empty, found ["),
        ('word = "exempt"', 'word = "excused"', "codes#2.word: expected 'exempt', found 'excused'"),
        ("look_back = 2", "look_back = 0", "levels.look_back: expected a whole number from 1 to 10, found 0"),
        ("look_back = 2", "", "levels.look_back: expected a whole number from 1 to 10, found nothing"),
        (
            '"4.6"',
            "4.6",
            'levels.rules#1.threshold: expected a decimal written like "4.0", not above 5',
        ),
        (
            '"4.6"',
            '"5.1"',
            'levels.rules#1.threshold: expected a decimal written like "4.0", not above 5',
        ),
        (
            '"4.6"',
            '"23/5"',
            'levels.rules#1.threshold: expected a decimal written like "4.0", not above 5',
        ),
        ('"4.0"', '"4.60"', "levels.rules#2.threshold: expected less than in the level above, found '4.60'"),
        (
            "tuck_items = 1",
            "tuck_items = -1",
            "levels.rules#2.tuck_items: expected a whole number from 0 to 10",
        ),
        ('key = "D2"', 'key = "D1"', "decisions#2.key: expected a key that is not yet in use, found 'D1'"),
        (
            'title = "No rounding up"',
            "",
            "decisions#2.title: expected a text that is not empty, found nothing",
        ),
        ("[levels]", "[levels]\nlookback = 3", "levels.lookback: expected no such key"),
        ('key = "D3"', 'key = "D3"\nnote = ""', "decisions#3.note: expected no such key"),
        ('name = "REACH"', 'name = "REACH"\ncolour = "green"', "colour: expected no such key"),
    ],
)
def test_one_fault_is_named_with_its_key_and_what_was_expected(faults_of, old, new, fault):
    faults = faults_of((old, new))
    assert len(faults) == 1
    assert faults[0].startswith(fault)


def test_every_fault_is_named_at_once(faults_of):
    faults = faults_of(
        ("mark = 5", "mark = 7"), ('"4.0"', "4.0"), ('word = "exempt"', ""), ("[levels]", "[levels]\nx = 1")
    )
    named = [fault.partition(":")[0] for fault in faults]
    assert sorted(named) == ["codes#2.word", "levels.rules#2.threshold", "levels.x", "marks#1.mark"]


def test_an_empty_file_is_told_everything_it_lacks(faults_of):
    named = [fault.partition(":")[0] for fault in faults_of(text="")]
    assert named == [
        "key",
        "name",
        "dated",
        "marks",
        "codes",
        "levels",
        "levels.rules",
        "levels.look_back",
        "calls",
        "calls.never",
        "calls.purpose",
        "calls.lapse",
        "calls.unnamed",
        "calls.clause",
        "calls.spaces",
        "calls.reasons",
        "calls.strategies",
        "calls.interventions",
        *REWARDS,
        "decisions",
        "kept",
    ]


def test_a_missing_mark_is_noticed(faults_of):
    last = REACH[REACH.index("[[marks]]\nmark = 0") : REACH.index("# What can be")]
    assert faults_of((last, "")) == ("marks: expected one table for each of 5, 4, 3, 2, 1, 0, found 5 tables",)


def test_a_table_where_a_list_of_tables_belongs_is_noticed(faults_of):
    faults = faults_of(text='key = "reach"\nmarks = 3\nlevels = "high"\n[codes]\n[[decisions]]\n')
    assert "marks: expected one or more tables [[marks]], found 3" in faults
    assert "codes: expected one or more tables [[codes]], found {}" in faults
    assert "levels: expected a table [levels], found 'high'" in faults


@pytest.mark.parametrize("text", ["key = ", "[[marks", b"\xff\xfe", 'key = "a"\nkey = "b"'])
def test_a_file_that_is_not_toml_is_refused(faults_of, text):
    (fault,) = faults_of(text=text)
    assert fault.startswith("expected a TOML file in UTF-8: ")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("packs") / "reach.toml"


@given(number=st.integers(0, len(REACH.splitlines()) - 1))
def test_no_setting_can_be_left_out_unnoticed(scratch, number):
    lines = REACH.splitlines()
    if "=" not in lines[number] or lines[number].startswith("#"):
        return
    scratch.write_text("\n".join(lines[:number] + lines[number + 1 :]), encoding="utf-8")
    with pytest.raises(PolicyError) as refused:
        load_file(scratch)
    assert lines[number].split(" = ")[0] in str(refused.value)


def test_what_the_spaces_are_never_for_is_no_reason_to_ask(faults_of):
    faults = faults_of(('[[calls.reasons]]\nkey = "upset"', '[[calls.reasons]]\nkey = "punishment"'))
    assert faults == ("calls.reasons#3.key: expected a key that is not yet in use, found 'punishment'",)


def test_a_space_is_beside_spaces_there_are(faults_of):
    faults = faults_of(('beside = ["hazel"]', 'beside = ["oak"]'), ("planned = true", "planned = 1"))
    assert [fault.partition(":")[0] for fault in faults] == ["calls.spaces#2.planned", "calls.spaces#1.beside"]
