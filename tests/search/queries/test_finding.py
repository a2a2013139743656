"""What a question finds, best first: this table is the same on both databases."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.search.kinds import Kind
from portal.search.queries import Narrowing, answer_to, near_names

LINDE = "Gemeente Lindewoude"
BRON = "Bronrivier Software BV"
BIRD = "Gemeente Bûtermar"
PILE = "Coöperatie Openstapel U.A."
HOUSE = "Huis van de Zaak"
SHARING = "Gegevensuitwisseling met buren"
ROUTES = "Koppelingen volgens de standaard"
FORMS = "Formulieren in twee talen"
SEVEN = "Zeven gemeenten erbij"
JOINED = "Seven municipalities joined"
UPDATE = f"bericht: {ROUTES}"
COMMENT = f"reactie: {ROUTES}"
CHART = "Routekaart voor bouwers"
REPORT = "Jaarverslag 2025-1"
ROUND = "Rappel 2026-1"
PACT = "Groeipact Common Ground"
SHEET = f"bladzijde: {CHART}"

# What is asked -> what is found, in its order.
FOUND = {
    # Names, however they are written, before the texts that name them.
    "Lindewoude": [LINDE, FORMS, SHARING, SEVEN],
    "lindewoude": [LINDE, FORMS, SHARING, SEVEN],
    "LINDEWOUDE": [LINDE, FORMS, SHARING, SEVEN],
    "Gemeente Lindewoude": [LINDE, FORMS, SHARING, SEVEN],
    "Lindewoude gemeente": [LINDE, FORMS, SHARING, SEVEN],
    "Butermar": [BIRD, FORMS],
    "bûtermar": [BIRD, FORMS],
    "cooperatie": [PILE],
    "Coöperatie Openstapel": [PILE],
    "openstapel": [PILE],
    "stapel": [PILE],
    "openst": [PILE, COMMENT],
    "u.a.": [PILE],
    "huis van de zaak": [HOUSE],
    "Koogerland": [BIRD],
    "gemeente koogerland": [BIRD],
    # What people ask.
    "Wat beloofde Lindewoude?": [LINDE, FORMS, SHARING, SEVEN],
    "Heeft Bronrivier getekend?": [BRON, ROUTES, CHART],
    "Is Koogerland ondertekend?": [BIRD],
    # Slips of a finger.
    "lindewuode": [LINDE, FORMS, SHARING, SEVEN],
    "bronrivir": [BRON, ROUTES, CHART],
    "koogerlant": [BIRD],
    "butermr": [BIRD, FORMS],
    "stndaard": [ROUTES],
    "hius": [HOUSE],
    "eenes": [],
    "gegevnsuitwisseling": [SHARING],
    "koppelvalk": [ROUTES, UPDATE, COMMENT],
    "munciipalities": [JOINED, HOUSE],
    # A slip that stands in a text: that text, and below it the name that is like it.
    "openstabel": [COMMENT, PILE],
    "Openstabel mee": [COMMENT],
    "standaarden": [ROUTES],
    # Parts of words, and their beginnings.
    "uitwisseling": [SHARING],
    "gegevens": [SHARING],
    "koppelingen": [ROUTES],
    "koppel": [ROUTES, UPDATE, COMMENT],
    "zaaksysteem": [UPDATE],
    "kop": [ROUTES, UPDATE, COMMENT],
    # Other forms of a word.
    "formulier": [FORMS],
    "koppeling": [ROUTES],
    "adres": [SHARING],
    "foto": [COMMENT],
    "foto's": [COMMENT],
    "foto’s": [COMMENT],
    "municipality": [JOINED, BIRD, LINDE, HOUSE],
    "share": [JOINED],
    "promise": [JOINED],
    # Numbers.
    "12345678": [LINDE],
    "1234": [],
    "GM9911": [BIRD],
    "gm9911": [BIRD],
    "GP-42": [ROUTES],
    "gp42": [ROUTES],
    # Texts of promises, then messages, then comments.
    "koppelvlak": [ROUTES, UPDATE, COMMENT],
    "koppelvlak getest": [UPDATE, COMMENT],
    # Of signatories the one of which it is more of the name.
    "leverancier": [PILE, BRON],
    "lindewoude adressen": [SHARING],
    # Yearly reports, rappels that were published, and the text of the pact; in both languages.
    "jaarverslag": [REPORT],
    "jaarverslag 2025": [REPORT],
    "Annual report 2025-1": [REPORT],
    "zeilschip": [REPORT],
    "jarverslag": [REPORT],
    "rappel": [ROUND],
    "rappel 2026": [ROUND],
    "progress round": [ROUND],
    "rapel": [ROUND],
    "zandbank": [PACT],
    "7.3": [PACT],
    # Documents by their titles, files and pages, and by what was written out of them.
    "routekaart": [CHART],
    "routekaart_v2.pdf": [CHART],
    "rotekaart": [CHART],
    "kaart": [CHART],
    "veerpont": [SHEET, SHEET],
    "veerponten": [SHEET, SHEET],
    "ophaalbrug veerpont": [SHEET],
    "brug": [SHEET],
    "ophaalbrg": [SHEET],
    "voorwoord": [SHEET],
    "sleepboot": [CHART],
    "samenvatting": [CHART],
    "Bronrivier routekaart": [CHART],
    "veerpont sleepboot": [],
    "onderzeeboot": [],
    "verborgen": [],
    "luchtballon": [],
    "concept": [],
    # What is not there for everybody, or nowhere at all.
    "Nergenshoven": [],
    "kwartelkoning": [],
    "geheime": [],
    "wachtend": [],
    "geweigerd": [],
    "xyzzy": [],
    "lindewoude xyzzy": [],
    "de het een": [],
    "???": [],
    "%": [],
    "_": [],
    "' OR 1=1 --": [REPORT, ROUND],
    "a\x00b": [],
}


def found_by(text: str) -> list[str]:
    return [
        hit.source.title if hit.source.is_titled else f"{hit.source.kind}: {hit.source.title}"
        for hit in answer_to(text).hits
    ]


@pytest.mark.parametrize("text", FOUND)
def test_it_finds_the_same_in_the_same_order(searched: Flask, text: str) -> None:
    assert found_by(text) == FOUND[text]


def test_it_counts_every_kind_whatever_kind_is_asked_for(searched: Flask) -> None:
    answer = answer_to("koppelvlak", Narrowing(kind=Kind.COMMENT))
    assert answer.facets is not None
    assert answer.facets.kinds == {Kind.COMMITMENT: 1, Kind.UPDATE: 1, Kind.COMMENT: 1}
    assert (answer.total, [hit.source.kind for hit in answer.hits]) == (1, [Kind.COMMENT])


def test_it_says_on_which_page_of_a_document_and_opens_there(searched: Flask) -> None:
    sources = [hit.source for hit in answer_to("veerpont", Narrowing(kind=Kind.PAGE)).hits]
    assert [source.page for source in sources] == [2, 3]
    assert [source.path.rpartition("/")[2] for source in sources] == ["2", "3"]
    assert {source.by for source in sources} == {BRON}


def test_a_page_beyond_the_last_is_the_last(searched: Flask) -> None:
    assert answer_to("koppelvlak", page=9).page == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lindewoude Zuid", [LINDE]),
        ("Huis Bronrivier", [BRON, HOUSE]),
        ("Gemeente Utrecht", [LINDE, BIRD]),
        ("Utrecht", []),
    ],
)
def test_it_names_signatories_that_look_like_what_is_not_found(
    searched: Flask, text: str, names: list[str]
) -> None:
    answer = answer_to(text)
    assert not answer.hits
    assert sorted(source.title for source in near_names(answer.meant)) == sorted(names)
