"""Names of people who never were. They are made of words, so that nobody takes a copy for the school itself."""

from collections.abc import Collection
from itertools import product
from random import SystemRandom
from typing import NamedTuple

FORENAMES = (
    *("Aspen", "Basil", "Bracken", "Briar", "Cedar", "Clover", "Comet", "Coral", "Cosmo", "Delta", "Ember", "Fennel"),
    *("Fern", "Finch", "Flint", "Garnet", "Heron", "Indigo", "Juniper", "Kestrel", "Larch", "Linnet", "Lotus", "Maple"),
    *("Merlin", "Nutmeg", "Onyx", "Opal", "Orion", "Otter", "Pepper", "Plover", "Quartz", "Quill", "Raven", "Sable"),
    *("Saffron", "Sage", "Sorrel", "Tansy", "Teal", "Thistle", "Topaz", "Umber", "Vesper", "Wren", "Yarrow", "Zephyr"),
)
BEGINNINGS = (
    *("Alder", "Amber", "Apple", "Barley", "Birch", "Bramble", "Clay", "Copper", "Crown", "Elder", "Feather", "Flax"),
    *("Frost", "Gold", "Hazel", "Heather", "Honey", "Ivory", "Lark", "Marsh", "Meadow", "Moss", "Oat", "Pebble"),
    *("Quick", "Reed", "Rook", "Rush", "Silver", "Snow", "Stone", "Summer", "Thorn", "Velvet", "Wheat", "Winter"),
)
ENDINGS = (
    *("acre", "beck", "bourne", "bridge", "brook", "combe", "croft", "dale", "fell", "field", "ford", "gate"),
    *("holm", "hurst", "leigh", "mere", "mill", "ridge", "stead", "ton", "wick", "worth"),
)
SURNAMES = tuple(map("".join, product(BEGINNINGS, ENDINGS)))


class Name(NamedTuple):
    surname: str
    forename: str


def invented(count: int, taken: Collection[str]) -> list[Name]:
    """So many different names, drawn anew each time, of words that nobody is called (`taken`, in small letters)."""
    surnames, forenames = ([word for word in words if word.lower() not in taken] for words in (SURNAMES, FORENAMES))
    drawn = SystemRandom().sample(range(len(surnames) * len(forenames)), count)
    return [Name(surnames[number // len(forenames)], forenames[number % len(forenames)]) for number in drawn]
