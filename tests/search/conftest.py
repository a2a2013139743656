"""A small register to search in, made once for all tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from portal.commitments.models import Commitment, CommitmentDocument
from portal.core.db import db, write_section
from portal.organisations.models import Identifier, Organisation, OrganisationName
from portal.rappels.outcomes import Outcome
from portal.search.indexing import index_some
from tests import factories as make
from tests.harness import databases, portal
from tests.harness.mailbox import MailServer


def catch_up() -> None:
    """Index all that changed."""
    while index_some():
        pass


def signatory(name: str, kind_slug: str = "gemeente", **values: str) -> Organisation:
    organisation = make.make_organisation(name=name, kind_slug=kind_slug, **values)
    return make.make_signature(organisation, state="admitted").organisation


def _file(promise: Commitment, owner: Organisation) -> None:
    """Add documents to a promise: one with pages and one that is hidden; and one to a draft."""
    plan = make.make_document(title="Routekaart voor bouwers", file_name="routekaart_v2.pdf")
    make.make_pages(plan, "Voorwoord.", "De veerpont vaart.", "De ophaalbrug volgt de veerpont.")
    make.write_out(plan, body="## Samenvatting\n\nDe **sleepboot** gaat voor.")
    hidden = make.make_document(title="Verborgen kaart")
    make.make_pages(hidden, "Een onderzeeboot.")
    with write_section():
        for position, document in enumerate((plan, hidden), start=1):
            link = {"document_id": document.id, "position": position}
            db.session.add(CommitmentDocument(commitment_id=promise.id, **link))
        hidden.latest.hidden_at = datetime(2026, 4, 2, tzinfo=UTC)
    secret = make.make_document(title="Kaart van een concept")
    make.make_pages(secret, "Een luchtballon.")
    make.make_commitment(owner, state="draft", title="Nog stil", documents=[secret])
    mandate = make.make_document(title="Mandaat van de luchtballon")
    make.make_signature(state="confirmed", mandate=mandate)


def _reckon(promise: Commitment) -> None:
    """Add a yearly report, a draft of one, a rappel with its outcome, and one that runs."""
    told = {"counted_on": date(2025, 12, 31)}
    make.make_report(introduction="Een jaar met weinig woorden over een zeilschip.", **told)
    make.make_report(state="draft", introduction="Een geheim zeilschip.", **told)
    make.make_rappel(promise, name="2026-1", state="published", outcome=Outcome.MOVED)
    make.make_rappel(promise, name="2026-2")


def _fill() -> None:
    linde = signatory("Gemeente Lindewoude", kvk="12345678")
    bron = signatory("Bronrivier Software BV", "leverancier")
    bird = signatory("Gemeente Bûtermar")
    signatory("Coöperatie Openstapel U.A.", "leverancier")
    signatory("Huis van de Zaak", "samenwerkingsverband")
    make.make_organisation(name="Gemeente Nergenshoven")
    with write_section():
        db.session.add(
            OrganisationName(
                organisation_id=bird.id,
                name="Gemeente Koogerland",
                match_name="koogerland",
                valid_until=date(2020, 1, 1),
            )
        )
        db.session.add(Identifier(organisation_id=bird.id, scheme="cbs", value="GM9911"))
    day = date(2026, 3, 1)
    make.make_commitment(
        linde, title="Gegevensuitwisseling met buren", what="Wij delen adressen.", promised_on=day
    )
    routes = make.make_commitment(
        bron,
        title="Koppelingen volgens de standaard",
        what="Onze gemeenten krijgen een **koppelvlak** GP-42 zonder maatwerk.",
        promised_on=date(2026, 4, 1),
    )
    make.make_commitment(
        bron, state="draft", title="Geheime toezegging", what="Nog niet openbaar: kwartelkoning."
    )
    make.make_commitment(
        bird, title="Formulieren in twee talen", what="Ook voor Lindewoude.", promised_on=day
    )
    _file(routes, bron)
    _reckon(routes)
    make.make_pact_version(label="7.3", body="Wij mijden de **zandbank**.")
    make.make_update(routes, body="Het koppelvlak is getest met vijf zaaksystemen.", told_on=day)
    make.make_comment(routes.discussion, body="Wordt het koppelvlak ook getest met foto’s?")
    make.make_comment(routes.discussion, body="Doet Openstabel ook mee?")
    make.make_comment(routes.discussion, state="pending", body="Een wachtend koppelvlak.")
    make.make_comment(routes.discussion, state="refused", body="Een geweigerd koppelvlak.")
    make.make_article(
        title="Zeven gemeenten erbij",
        lead="Er kwamen gemeenten bij.",
        body="Onder hen Lindewoude.",
        published_at=datetime(2026, 5, 1, tzinfo=UTC),
    )
    make.make_article(
        title="Seven municipalities joined",
        lead="More municipalities promised sharing.",
        body="They shared their plans.",
        language="en",
        published_at=datetime(2026, 5, 2, tzinfo=UTC),
    )
    catch_up()


@pytest.fixture(scope="session")
def register(database: databases.Database, worker: str, mail_server: MailServer) -> Flask:
    name = f"search_{worker}"
    app = portal.make_portal(database.create(name), databases.run_folder() / name, mail_server)
    with app.app_context():
        _fill()
        db.session.remove()
    return app


@pytest.fixture
def searched(register: Flask) -> Iterator[Flask]:
    """The portal with the small register, its context open."""
    with register.app_context():
        yield register
        db.session.rollback()
