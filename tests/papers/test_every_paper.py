"""Every address that gives a PDF gives one that can be read aloud, with little and with much."""

from __future__ import annotations

import inspect
import re
from datetime import date
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from portal.core.db import write_section
from portal.papers.taking import PAPER_ENDING
from tests import factories as make
from tests.harness.client import Client
from tests.harness.papers import read_pdf
from tests.harness.read_aloud import faults_of
from tests.overview.scenes import PROGRESSES, TERMS, fill
from tests.papers.test_typesetting import MARKUP, STRANGE
from tests.register.signers import make_signer

SIGNED = date(2019, 7, 3)
LONG = "Arbeidsongeschiktheidsverzekeringsmaatschappij"
# As much of it stands anywhere as fits there. Forms leave out signs that no page may hold.
SIGNS = ", ".join(signs for signs in STRANGE if "\x07" not in signs)
TYPED = f"{LONG} {SIGNS} {MARKUP} {LONG * 3}"
# The part of a rule that names a picture: the page of the pictures says which there are.
PICTURE = "/<picture>."
# Every other part of a rule, and what stands there.
PARTS = {"<slug>": "signer", "<int:year>": "year", "<key>": "report"}


def fill_with_little() -> dict[str, str]:
    """Make one signatory that promised nothing, and return what addresses need."""
    signer = make_signer("Gemeente Lindewoude", signed_on=SIGNED)
    report = make.make_report(counted_on=SIGNED)
    return {"signer": str(signer.slug), "year": "2019", "report": report.key}


def fill_with_much() -> dict[str, str]:
    """Make promises in every way to stand, in words as people may type them, on many pages."""
    signer = make_signer("Gemeente Lindewoude", signed_on=SIGNED, province="utrecht")
    with write_section():
        signer.name = TYPED[:200]
        for each in (make.layer("data"), make.principle()):
            each.name_nl = each.name_en = TYPED[:80]
    fill(Random(4))
    for number in range(40):
        promise = make.make_commitment(
            signer,
            title=f"{number} {TYPED}"[:120],
            term=TERMS[number % len(TERMS)],
            promised_on=SIGNED,
            layers=[make.layer("data")],
            principles=[make.principle()],
        )
        make.make_update(promise, progress=PROGRESSES[number % 4], told_on=date(2019, 10, 1))
    moderated = make.make_comment(state="pending")
    make.make_comment_version(moderated, state="placed")
    first = make.make_report(counted_on=date(2019, 12, 31), introduction=f"{TYPED}\n\n{TYPED}")
    better = make.make_report(
        counted_on=date(2019, 12, 31), earlier=first, correction=TYPED, introduction=TYPED
    )
    return {"signer": str(signer.slug), "year": "2019", "report": better.key}


def rules_of(app: Flask) -> set[str]:
    """Return every rule that gives a PDF."""
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    return {rule for rule in rules if rule.endswith((".pdf", PAPER_ENDING))}


def addresses(client: Client, words: dict[str, str]) -> list[str]:
    """Return every address of a paper, every picture by its name."""
    shown = client.get("/waar-staan-we").text
    found = set(re.findall(r"/waar-staan-we/[a-z-]+\.pdf", shown))
    for rule in rules_of(client.app):
        path = rule.replace(PAPER_ENDING, "pdf")
        for part, name in PARTS.items():
            path = path.replace(part, words[name])
        if PICTURE not in path:
            found.add(path)
    assert not [path for path in found if "<" in path], "of what is this address?"
    return sorted(found)


def test_it_knows_every_view_that_gives_a_paper(app: Flask) -> None:
    giving = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if "take_paper(" in inspect.getsource(inspect.unwrap(view))
    }
    known = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule in rules_of(app)}
    assert giving == known
    assert len(known) > 4


@pytest.mark.parametrize("filled", [fill_with_little, fill_with_much])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_checker_finds_nothing_against_any_of_them(
    filled: object, language: str, client: Client, tmp_path: Path
) -> None:
    assert callable(filled)
    make.make_vereniging()
    wrong, words = {}, filled()
    for path in addresses(client, words):
        address = path if language == "nl" else f"/en{path}"
        answer = client.get(address)
        assert answer.status == 200, address
        assert read_pdf(answer.body).language == language
        if faults := faults_of(answer.body, tmp_path):
            wrong[address] = faults
    assert not wrong
