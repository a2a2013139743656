"""What can be found, as addresses name it, and how much each kind weighs."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from portal.core.i18n import lazy_gettext as _l


class Kind(StrEnum):
    """A kind of public things."""

    SIGNATORY = "ondertekenaar"
    COMMITMENT = "toezegging"
    ARTICLE = "nieuws"
    PACT = "groeipact"
    REPORT = "jaarverslag"
    RAPPEL = "rappel"
    DOCUMENT = "document"
    UPDATE = "bericht"
    PAGE = "bladzijde"
    COMMENT = "reactie"


LABELS: Mapping[Kind, object] = {
    Kind.SIGNATORY: _l("Ondertekenaars"),
    Kind.COMMITMENT: _l("Toezeggingen"),
    Kind.ARTICLE: _l("Nieuws"),
    Kind.PACT: _l("Tekst van het Groeipact"),
    Kind.REPORT: _l("Jaarverslagen"),
    Kind.RAPPEL: _l("Rappels"),
    Kind.DOCUMENT: _l("Documenten"),
    Kind.UPDATE: _l("Voortgangsberichten"),
    Kind.PAGE: _l("Tekst in documenten"),
    Kind.COMMENT: _l("Reacties"),
}
# Of one result.
NAMES: Mapping[Kind, object] = {
    Kind.SIGNATORY: _l("Ondertekenaar"),
    Kind.COMMITMENT: _l("Toezegging"),
    Kind.ARTICLE: _l("Nieuws"),
    Kind.PACT: _l("Tekst van het Groeipact"),
    Kind.REPORT: _l("Jaarverslag"),
    Kind.RAPPEL: _l("Rappel"),
    Kind.DOCUMENT: _l("Document"),
    Kind.UPDATE: _l("Voortgangsbericht"),
    Kind.PAGE: _l("Tekst in een document"),
    Kind.COMMENT: _l("Reactie"),
}
# Those with a name or title of their own.
TITLED = (
    Kind.SIGNATORY,
    Kind.COMMITMENT,
    Kind.ARTICLE,
    Kind.PACT,
    Kind.REPORT,
    Kind.RAPPEL,
    Kind.DOCUMENT,
)
# More than all the words of a question together: texts of promises stand before messages about
# them, and those before comments, whatever is in them.
WEIGHTS: Mapping[Kind, int] = {
    Kind.SIGNATORY: 230,
    Kind.COMMITMENT: 220,
    Kind.ARTICLE: 210,
    Kind.PACT: 205,
    Kind.REPORT: 203,
    Kind.RAPPEL: 202,
    Kind.DOCUMENT: 200,
    Kind.UPDATE: 100,
    Kind.PAGE: 60,
    Kind.COMMENT: 0,
}
