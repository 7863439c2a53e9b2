"""The rules for how long records are kept: one for each kind, and no slip of the pen."""

import pytest

from webapp.policies import load
from webapp.policies.kept import SINCE


def test_there_is_a_rule_for_each_kind():
    rules = load("reach").kept
    assert [rule.key for rule in rules] == list(SINCE)
    assert rules[0].kept == "1 year after the student leaves"
    assert rules[5].kept == "until the student is 25"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('unit = "age"', 'unit = "days"', "kept#6.unit: expected one of years, age, found 'days'"),
        ("keep = 25", "keep = 18", "kept#6.keep: expected a whole number from 19 to 100, found 18"),
        ("keep = 25", "keep = 0", "kept#6.keep: expected a whole number from 19 to 100, found 0"),
        ('key = "audit"', 'key = "other"', "kept#13.key: expected 'audit', found 'other'"),
        ('key = "audit"', 'key = "audit"\nfor = 1', "kept#13.for: expected no such key"),
    ],
)
def test_a_fault_is_named_with_its_place(faults_of, old: str, new: str, fault: str):
    assert faults_of((old, new)) == (fault,)


def test_a_kind_without_a_rule_is_a_fault(faults_of):
    assert faults_of(('[[kept]]\nkey = "calls"', '[[more]]\nkey = "calls"'))[0].startswith(
        "kept: expected one table for each of marks, rewards,"
    )
