from dataclasses import replace

import pytest

from webapp.domain.chain import START, Link, first_broken, hash_of


def chain(*said: str, upto: int = 0, previous: str = START) -> list[Link]:
    links = []
    for sequence, text in enumerate(said, start=upto + 1):
        own = hash_of(sequence, (text,), previous)
        links.append(Link(sequence, (text,), previous, own))
        previous = own
    return links


def test_a_chain_as_it_was_made_is_whole():
    assert first_broken([]) is None
    assert first_broken(chain("a", "b", "c")) is None


def test_a_changed_line_is_named():
    links = chain("a", "b", "c")
    links[1] = replace(links[1], texts=("B",))
    assert first_broken(links) == 2


def test_a_line_changed_with_a_new_hash_breaks_the_one_after_it():
    links = chain("a", "b", "c")
    links[1] = replace(links[1], texts=("B",), hash=hash_of(2, ("B",), links[1].previous))
    assert first_broken(links) == 3


@pytest.mark.parametrize("lost", [0, 1])
def test_a_lost_line_is_named(lost: int):
    links = chain("a", "b", "c")
    del links[lost]
    assert first_broken(links) == lost + 1


def test_two_lines_in_each_others_place_are_noticed():
    first, second, third = chain("a", "b", "c")
    assert first_broken([first, third, second]) == 2


def test_where_one_text_ends_and_the_next_begins_is_part_of_the_hash():
    assert hash_of(1, ("ab", "c"), START) != hash_of(1, ("a", "bc"), START)


def test_a_chain_goes_on_from_where_it_was_cut():
    links = chain("a", "b", "c")
    assert first_broken(links[2:], upto=2, previous=links[1].hash) is None
    assert first_broken(links[2:], upto=2, previous=links[0].hash) == 3
