"""Seals: opened by their own owner, with the key of today or a former one, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.core.sealing import SealBroken, seal, unseal

SECRET = "JBSWY3DPEHPK3PXP"
OLDEST, OLD, NEW = ("o" * 40, "p" * 40, "q" * 40)
MakeApp = Callable[..., Flask]


def sealed_with(app: Flask) -> str:
    with app.app_context():
        return seal(SECRET, purpose="factor", owner=7)


def test_it_opens_for_the_owner_and_purpose_that_it_was_made_for(app: Flask) -> None:
    sealed = seal(SECRET, purpose="factor", owner=7)

    opened = unseal(sealed, purpose="factor", owner=7)

    assert (opened.text, opened.is_outdated) == (SECRET, False)
    for purpose, owner in (("factor", 8), ("other", 7)):
        with pytest.raises(SealBroken):
            unseal(sealed, purpose=purpose, owner=owner)


def test_it_shows_nothing_of_the_secret_and_never_the_same_twice(app: Flask) -> None:
    seals = {seal(SECRET, purpose="factor", owner=7) for _ in range(20)}
    assert len(seals) == 20
    assert not any(SECRET in sealed for sealed in seals)


def test_it_refuses_what_was_changed_or_is_no_seal(app: Flask) -> None:
    sealed = seal(SECRET, purpose="factor", owner=7)
    middle = len(sealed) // 2
    other = "A" if sealed[middle] != "A" else "B"
    for broken in (
        sealed[:middle] + other + sealed[middle + 1 :],
        sealed[3:],
        "",
        "g1.",
        "g1.AAAA",
        "g1.é",
        SECRET,
    ):
        with pytest.raises(SealBroken):
            unseal(broken, purpose="factor", owner=7)


def test_it_opens_with_a_former_key_until_that_is_taken_away(make_app: MakeApp) -> None:
    old = sealed_with(make_app(SECRET_KEY=OLD))

    rotated = make_app(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=f" {OLD} , {OLDEST},")
    with rotated.app_context():
        assert unseal(old, purpose="factor", owner=7).is_outdated
        anew = seal(SECRET, purpose="factor", owner=7)
        assert not unseal(anew, purpose="factor", owner=7).is_outdated
    with make_app(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS="").app_context():
        assert unseal(anew, purpose="factor", owner=7).text == SECRET
        with pytest.raises(SealBroken):
            unseal(old, purpose="factor", owner=7)
