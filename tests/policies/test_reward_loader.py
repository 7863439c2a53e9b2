from datetime import timedelta
from fractions import Fraction

import pytest

from webapp.policies import load


def test_reach_has_the_rewards_of_its_policy():
    rewards = load("reach").rewards
    assert [(choice.name, choice.levels) for choice in rewards.options.choices] == [
        *((name, ("creative", "heroic")) for name in ("Cooking", "Sport", "Films", "Art and craft")),
        ("Reward room", ("heroic",)),
    ]
    assert (rewards.room.windows, rewards.room.levels) == (("break", "lunch"), ("heroic",))
    assert (rewards.trip.places, rewards.trip.least) == (8, Fraction(1, 2))
    assert rewards.pathway.key_stages == (4,)
    assert {award.kind for award in rewards.pathway.awards} == {"attendance", "milestone"}


def test_reach_has_a_tuck_shop_to_start_with():
    tuck = load("reach").rewards.tuck
    assert tuck.void == timedelta(minutes=5)
    assert all(item.price == 1 and item.stock for item in tuck.items)
    assert [item.allergens for item in tuck.items if item.key in ("apple", "cereal-bar")] == [(), ("oats", "nuts")]


def test_a_choice_and_an_award_are_found_by_their_keys():
    rewards = load("reach").rewards
    assert rewards.options.choice("films").name == "Films"
    assert rewards.pathway.award("unit").reward == "An options period"
    for key in ("chess", None, ["films"]):
        assert rewards.options.choice(key) is rewards.pathway.award(key) is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('names = "first-initial"', 'names = "initials"', "cards.names: expected one of first, first-initial, full"),
        ('names = "first-initial"', "", "cards.names: expected a text that is not empty, found nothing"),
        ("photo = false", 'photo = "no"', "cards.photo: expected true or false, found 'no'"),
        ("void = 5", "void = 61", "tuck.void: expected a whole number from 0 to 60, found 61"),
        ("price = 1", "price = 0", "tuck.items#1.price: expected a whole number from 1 to 10, found 0"),
        ("stock = 30", "stock = -1", "tuck.items#1.stock: expected a whole number from 0 to 10000, found -1"),
        ('allergens = ["oats", "nuts"]', 'allergens = [""]', "tuck.items#3.allergens: expected a list of texts"),
        ('allergens = ["oats", "nuts"]', 'allergens = "nuts"', "tuck.items#3.allergens: expected a list of texts"),
        ('allergens = ["oats", "nuts"]', "", "tuck.items#3.allergens: expected a list of texts"),
        ('key = "popcorn"', 'key = "apple"', "tuck.items#2.key: expected a key that is not yet in use, found 'apple'"),
        ('windows = ["break", "lunch"]', 'windows = ["dawn"]', "room.windows: expected a list of some of break, lunch"),
        ('windows = ["break", "lunch"]', "windows = []", "room.windows: expected a list of some of break, lunch"),
        (
            'levels = ["heroic"]\nclause',
            'levels = ["gold"]\nclause',
            "room.levels: expected a list of some of heroic, creative",
        ),
        ("capacity = 20", "capacity = 0", "options.choices#2.capacity: expected a whole number from 1 to 10000"),
        ('key = "art"', 'key = "films"', "options.choices#4.key: expected a key that is not yet in use"),
        ('least = "0.5"', 'least = "1.5"', 'trip.least: expected a decimal written like "4.0", not above 1'),
        ("places = 8", "places = true", "trip.places: expected a whole number from 1 to 1000, found True"),
        ("key_stages = [4]", "key_stages = [6]", "pathway.key_stages: expected a list of whole numbers from 1 to 5"),
        ("key_stages = [4]", "key_stages = []", "pathway.key_stages: expected a list of whole numbers from 1 to 5"),
        ('kind = "milestone"', 'kind = "prize"', "pathway.awards#4.kind: expected one of milestone, attendance"),
        ('key = "unit"', 'key = "full-week"', "pathway.awards#4.key: expected a key that is not yet in use"),
        ('measure = "full"', 'measure = "whole"', "pathway.awards#1.measure: expected one of full, better"),
        ('over = "week"', "", "pathway.awards#1.over: expected a text that is not empty, found nothing"),
        ('least = "0.5"\n\n', "\n", 'pathway.awards#3.least: expected a decimal written like "4.0", not above 1'),
        ("[trip]", "[trip]\nranks = 3", "trip.ranks: expected no such key"),
    ],
)
def test_one_fault_in_the_rewards_is_named_too(faults_of, old, new, fault):
    (found,) = faults_of((old, new))
    assert found.startswith(fault)


@pytest.mark.parametrize("taken", ["heroic", "none"])
def test_a_level_whose_key_is_in_use_is_named_before_what_it_opens(faults_of, taken):
    first, *others = faults_of(('key = "creative"', f'key = "{taken}"'))
    assert first == f"levels.rules#2.key: expected a key that is not yet in use, found '{taken}'"
    assert [fault.partition(":")[0] for fault in others] == [f"options.choices#{n}.levels" for n in range(1, 5)]
