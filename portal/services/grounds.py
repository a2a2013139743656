"""The grounds on which the vereniging decides, in the words of the spelregels."""

from __future__ import annotations

from enum import StrEnum

from portal.core.i18n import lazy_gettext as _l


class AloneGround(StrEnum):
    """Why one person of the vereniging decided where two should."""

    SWITCHED_OFF = "four_eyes_off"
    NOBODY_ELSE = "nobody_else"


ALONE_GROUNDS = {
    AloneGround.SWITCHED_OFF: _l("Door één persoon: een tweede blik staat uit"),
    AloneGround.NOBODY_ELSE: _l("Door één persoon: er is geen tweede die hierover mag beslissen"),
}

TEXT_GROUNDS = {
    "off_topic": _l("Gaat niet over het onderwerp"),
    "offensive": _l("Beledigend, dreigend of discriminerend"),
    "personal_facts": _l("Bevat persoonsgegevens van anderen"),
    "advertising": _l("Reclame of spam"),
    "wrong_name": _l("Ten onrechte namens een organisatie"),
    "unlawful": _l("Vermoedelijk in strijd met de wet"),
    "unclear": _l("Onduidelijk of onvolledig"),
    "other": _l("Andere reden"),
}

# What a moderator says of an application when admitting.
MANDATE_SEEN = "mandate_seen"
ADMISSION_GROUNDS = {MANDATE_SEEN: _l("Mandaat gezien")}

PROPOSAL_GROUNDS = {
    "cannot_verify": _l("Niet na te gaan in een register"),
    "incomplete": _l("Gegevens niet volledig"),
    "duplicate": _l("Hoort bij een andere organisatie"),
    "mistaken": _l("Klopt niet met het register of de website"),
    "other": _l("Andere reden"),
}

# Readers do not see these: a report is no proof.
FREEZE_GROUNDS = {
    "disputed_right": _l("Er is twijfel over wie voor de organisatie mag spreken"),
    "misused_account": _l("Er is een vermoeden dat iemand een account misbruikt"),
    "disputed_facts": _l("Er is twijfel of de gegevens van de organisatie kloppen"),
    "other": _l("Andere reden"),
}

SIGNATURE_GROUNDS = {
    "no_authority": _l("Geen tekenbevoegdheid aangetoond"),
    "incomplete": _l("Gegevens niet volledig"),
    "cannot_verify": _l("Organisatie niet vast te stellen"),
    "duplicate": _l("Organisatie staat er al"),
    "not_concerned": _l("Organisatie hoort niet bij het Groeipact"),
    "other": _l("Andere reden"),
}
