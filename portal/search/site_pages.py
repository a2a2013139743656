"""The pages of the site itself: found by the words of their names, in the reader's language."""

from __future__ import annotations

from typing import NamedTuple

from flask import url_for

from portal.core.i18n import lazy_gettext as _l
from portal.search.words import asked_words, stems, words_of
from portal.web.destinations import Destination, url_to

MOST_PAGES = 4
MOST_WORDS = 6
# From so many letters on a word may still be without its end.
_LEAST_BEGIN = 4


class SitePage(NamedTuple):
    """A page of the site: what it is called, and other words by which people look for it."""

    name: str
    words: str
    # An endpoint below this package, or the name of a place elsewhere.
    place: str | Destination
    slug: str = ""

    @property
    def path(self) -> str:
        """Its address in the language of the request."""
        if isinstance(self.place, Destination):
            return url_to(self.place)
        return url_for(self.place, slug=self.slug or None)


def _legal(name: str, words: str, slug: str) -> SitePage:
    return SitePage(name, words, "vereniging.legal", slug)


SITE_PAGES = (
    SitePage(
        _l("Onderteken het Groeipact"),
        _l("tekenen ondertekenen ondertekening handtekening meedoen aanmelden"),
        "signatures.start",
    ),
    SitePage(_l("Over het Groeipact"), _l("pact tekst afspraken uitleg"), "pact.show"),
    SitePage(
        _l("Ondertekenaars"),
        _l("gemeenten leveranciers organisaties deelnemers getekend ondertekend"),
        Destination.SIGNATORIES,
    ),
    SitePage(
        _l("Toezeggingen"),
        _l("beloften plannen whitepapers routekaarten toegezegd"),
        "commitments.index",
    ),
    SitePage(
        _l("Waar staan we?"),
        _l("stand cijfers voortgang overzicht grafieken dashboard"),
        "overview.show",
    ),
    SitePage(_l("Tijdlijn"), _l("termijnen planning wanneer deadline"), "overview.timeline"),
    SitePage(_l("Jaarverslagen"), _l("jaarverslag cijfers per jaar"), "overview.reports"),
    SitePage(_l("Rappels"), _l("rappel herinnering antwoorden"), "rappels.index"),
    SitePage(_l("Nieuws"), _l("nieuws artikelen berichten actueel"), "news.index"),
    SitePage(_l("Wat er veranderde"), _l("veranderd nieuw wijzigingen"), Destination.CHANGES),
    SitePage(_l("Volgen per mail"), _l("abonneren nieuwsbrief e-mail feed"), Destination.FOLLOW),
    SitePage(
        _l("Gegevens meenemen"),
        _l("open data downloaden csv json export"),
        Destination.OPEN_DATA,
    ),
    _legal(_l("Spelregels"), _l("regels moderatie reageren huisregels"), "spelregels"),
    _legal(_l("Privacy"), _l("persoonsgegevens avg cookies"), "privacy"),
    _legal(
        _l("Toegankelijkheid"), _l("toegankelijk wcag schermlezer verklaring"), "toegankelijkheid"
    ),
    _legal(_l("Colofon"), _l("contact vereniging adres auteursrecht licentie"), "colofon"),
    SitePage(
        _l("Meld een drempel"),
        _l("toegankelijkheid klacht probleem melden"),
        "vereniging.report_barrier",
    ),
    SitePage(_l("Registreren"), _l("account maken aanmelden"), "accounts.register"),
    SitePage(_l("Inloggen"), _l("account wachtwoord aanmelden"), "accounts.sign_in"),
)


def site_pages(text: str) -> list[SitePage]:
    """Return the pages of the site of which the name and its other words hold all that is asked."""
    asked = asked_words(text, MOST_WORDS)
    return [page for page in SITE_PAGES if asked and _holds(page, asked)][:MOST_PAGES]


def _holds(page: SitePage, asked: list[str]) -> bool:
    known = words_of(f"{page.name} {page.words}")
    return all(any(_is_like(word, other) for other in known) for word in asked)


def _is_like(word: str, other: str) -> bool:
    if any(one == two for one, two in zip(stems(word), stems(other), strict=True)):
        return True
    return len(word) >= _LEAST_BEGIN and other.startswith(word)
