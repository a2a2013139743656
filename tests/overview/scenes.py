"""A register to draw: promises in every way to stand, and signatories of several years."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

from portal.commitments.models import Commitment
from portal.core.db import write_section
from portal.lifecycle.claims import EnteredAs
from portal.organisations.models import Organisation
from tests import factories as make
from tests.factories import make_commitment, make_signature, make_signing_event, make_update
from tests.register.signers import make_signer, signature_of

TERMS = ("eind 2020", "in 2021", "medio 2022", "eind 2090", "doorlopend", "vanaf 2021")
PROGRESSES = ("gepland", "loopt", "vertraagd", "gereed")
SIGNED = (date(2019, 7, 3), date(2020, 2, 1), date(2022, 9, 30))


def fill(chance: Random, most: int = 24) -> list[Commitment]:
    """Make signatories and promises by chance, hidden and ended ones among them."""
    event = make_signing_event()
    signers = [
        make_signer(
            f"Voorbeeld {number}",
            kind_slug=chance.choice(("gemeente", "leverancier")),
            province=chance.choice((None, "utrecht")),
            state=chance.choice(("admitted", "admitted", "ended")),
            signed_on=chance.choice(SIGNED),
        )
        for number in range(5)
    ]
    with write_section():
        signature_of(signers[0]).event_id = event.id
    make_signature()
    return [_promise(chance, chance.choice(signers)) for _ in range(most)]


def _promise(chance: Random, signer: Organisation) -> Commitment:
    is_entered = chance.random() < 0.3
    promise = make_commitment(
        signer,
        state=chance.choice(("published", "published", "published", "withdrawn", "draft")),
        progress=chance.choice(PROGRESSES),
        term=chance.choice(TERMS),
        promised_on=date(chance.choice((2019, 2021, 2022)), 3, 1),
        published_at=datetime(2022, 6, 1, tzinfo=UTC),
        layers=[make.layer(slug) for slug in ("interactie", "data") if chance.random() < 0.5],
        principles=[make.principle()] if chance.random() < 0.5 else [],
        entered_as=EnteredAs.VERENIGING if is_entered else EnteredAs.SIGNATORY,
        source_title="Een artikel" if is_entered else "",
    )
    if promise.state == "published" and chance.random() < 0.5:
        make_update(promise, progress=chance.choice(PROGRESSES), told_on=date(2021, 12, 31))
    if promise.state == "published" and chance.random() < 0.3:
        make.make_term_move(promise, to="eind 2091")
    if chance.random() < 0.1:
        with write_section():
            promise.hidden_at = promise.created_at
    return promise
