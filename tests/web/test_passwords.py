import pytest

from webapp.web import passwords
from webapp.web.passwords import check_password, hash_password, is_outdated

HASHER = passwords.HASHER  # before tests make it quick


def test_password_is_known_again_and_another_is_not():
    stored = hash_password("täglich Tee")
    assert check_password(stored, "täglich Tee")
    assert not check_password(stored, "täglich tee")


def test_same_password_is_stored_differently_each_time():
    assert hash_password("tea") != hash_password("tea")


def test_hash_says_how_hard_it_is_to_guess(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(passwords, "HASHER", HASHER)
    assert hash_password("tea").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_hash_made_at_other_costs_is_outdated(monkeypatch: pytest.MonkeyPatch):
    cheap = hash_password("tea")
    assert not is_outdated(cheap)
    monkeypatch.setattr(passwords, "HASHER", HASHER)
    assert is_outdated(cheap)


@pytest.mark.parametrize("guess", ["", "tea"])
def test_nobody_signs_in_without_a_stored_password(guess: str):
    assert not check_password(None, guess)


@pytest.mark.parametrize("stored", ["", "tea", "$argon2id$broken"])
def test_damaged_hash_lets_nobody_in(stored: str):
    assert not check_password(stored, "tea")
    assert not check_password(stored, "")
