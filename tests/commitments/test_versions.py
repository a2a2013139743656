"""Every change begins a version, and a version never changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from portal.commitments.versions import (
    Begun,
    Change,
    Version,
    VersionTerm,
    VersionText,
    versions_of,
)
from portal.lifecycle.claims import EnteredAs

PUBLISHED = datetime(2019, 7, 3, 12, tzinfo=UTC)


def text(number: int) -> VersionText:
    return VersionText({"title": f"Titel {number}"}, "nl", EnteredAs.SIGNATORY)


def term(number: int) -> VersionTerm:
    return VersionTerm(f"begin {number}", "nl", None, None)


def change(day: int, **old: VersionText | VersionTerm) -> Change:
    begun = Begun.TEXT if "text" in old else Begun.TERM
    at = PUBLISHED + timedelta(days=day)
    return Change(at, begun, EnteredAs.SIGNATORY, "", "nl", **old)


def stood(version: Version) -> tuple[object, str]:
    return version.text.fields["title"], version.term.words


def test_what_never_changed_has_one_version() -> None:
    (only,) = versions_of(text(1), term(1), [], published_at=PUBLISHED)
    assert (only.number, only.begun, only.is_newest) == (1, Begun.PROMISED, True)
    assert only.begun_at == PUBLISHED


def test_edits_and_moves_are_told_in_their_own_order() -> None:
    changes = [change(3, text=text(2)), change(1, text=text(1)), change(2, term=term(1))]
    versions = versions_of(text(3), term(2), changes, published_at=PUBLISHED)
    assert [version.number for version in versions] == [4, 3, 2, 1]
    assert [version.begun for version in versions] == [
        Begun.TEXT,
        Begun.TERM,
        Begun.TEXT,
        Begun.PROMISED,
    ]
    assert [stood(version) for version in versions] == [
        ("Titel 3", "begin 2"),
        ("Titel 2", "begin 2"),
        ("Titel 2", "begin 1"),
        ("Titel 1", "begin 1"),
    ]
    ends = [version.ended_at for version in versions]
    assert ends == [None, *(version.begun_at for version in versions[:-1])]


@pytest.mark.parametrize("seed", range(20))
def test_a_version_stays_as_it_was_whatever_follows(seed: int) -> None:
    choose, changes = Random(seed), []
    now, due = text(0), term(0)
    remembered = {}
    for day in range(1, 15):
        versions = versions_of(now, due, changes, published_at=PUBLISHED)
        remembered[versions[0].number] = stood(versions[0])
        assert {v.number: stood(v) for v in versions} == remembered
        if choose.random() < 0.5:
            changes.append(change(day, text=now))
            now = text(day)
        else:
            changes.append(change(day, term=due))
            due = term(day)


def test_a_text_is_the_word_of_the_one_who_wrote_it_last() -> None:
    vereniging, signatory = EnteredAs.VERENIGING, EnteredAs.SIGNATORY
    entered = VersionText({"title": "Titel"}, "nl", vereniging)
    at = (PUBLISHED + timedelta(days=day) for day in (1, 2))
    changes = [
        Change(next(at), Begun.TERM, signatory, "", "nl", term=term(1)),
        Change(next(at), Begun.TEXT, signatory, "", "nl", text=entered),
    ]
    versions = versions_of(entered, term(2), changes, published_at=PUBLISHED)
    assert [v.text.entered_as for v in versions] == [signatory, vereniging, vereniging]
