"""The pages of the site itself: found by the words of their names, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask import url_for

from portal.core.i18n import current_locale
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
    # By language; nobody reads them.
    words: Mapping[str, str]
    # An endpoint below this package, or the name of a place elsewhere.
    place: str | Destination
    slug: str = ""

    @property
    def path(self) -> str:
        """Its address in the language of the request."""
        if isinstance(self.place, Destination):
            return url_to(self.place)
        return url_for(self.place, slug=self.slug or None)


def _legal(name: str, words: Mapping[str, str], slug: str) -> SitePage:
    return SitePage(name, words, "vereniging.legal", slug)


SITE_PAGES = (
    SitePage(
        _l("Onderteken het Groeipact"),
        {
            "nl": "tekenen ondertekenen ondertekening handtekening meedoen aanmelden",
            "en": "sign signing signature join take part",
        },
        "signatures.start",
    ),
    SitePage(
        _l("Over het Groeipact"),
        {"nl": "pact tekst afspraken uitleg", "en": "pact text agreements explanation"},
        "pact.show",
    ),
    SitePage(
        _l("Ondertekenaars"),
        {
            "nl": "gemeenten leveranciers organisaties deelnemers getekend ondertekend",
            "en": "municipalities suppliers organisations participants signed",
        },
        Destination.SIGNATORIES,
    ),
    SitePage(
        _l("Toezeggingen"),
        {
            "nl": "beloften plannen whitepapers routekaarten toegezegd",
            "en": "promises plans white papers roadmaps pledged",
        },
        "commitments.index",
    ),
    SitePage(
        _l("Waar staan we?"),
        {
            "nl": "stand cijfers voortgang overzicht grafieken dashboard",
            "en": "status figures progress overview charts dashboard",
        },
        "overview.show",
    ),
    SitePage(
        _l("Tijdlijn"),
        {"nl": "termijnen planning wanneer deadline", "en": "terms planning when deadline"},
        "overview.timeline",
    ),
    SitePage(
        _l("Jaarverslagen"),
        {"nl": "jaarverslag cijfers per jaar", "en": "annual report figures by year"},
        "overview.reports",
    ),
    SitePage(
        _l("Rappels"),
        {"nl": "rappel herinnering antwoorden", "en": "reminder answers round"},
        "rappels.index",
    ),
    SitePage(
        _l("Nieuws"),
        {"nl": "nieuws artikelen berichten actueel", "en": "news articles messages latest"},
        "news.index",
    ),
    SitePage(
        _l("Wat er veranderde"),
        {"nl": "veranderd nieuw wijzigingen", "en": "changed new changes"},
        Destination.CHANGES,
    ),
    SitePage(
        _l("Volgen per mail"),
        {"nl": "abonneren nieuwsbrief e-mail feed", "en": "subscribe newsletter email feed follow"},
        Destination.FOLLOW,
    ),
    SitePage(
        _l("Gegevens meenemen"),
        {"nl": "open data downloaden csv json export", "en": "open data download csv json export"},
        Destination.OPEN_DATA,
    ),
    _legal(
        _l("Spelregels"),
        {
            "nl": "regels moderatie reageren huisregels",
            "en": "rules moderation commenting house rules",
        },
        "spelregels",
    ),
    _legal(
        _l("Privacy"),
        {"nl": "persoonsgegevens avg cookies", "en": "personal data gdpr cookies"},
        "privacy",
    ),
    _legal(
        _l("Toegankelijkheid"),
        {
            "nl": "toegankelijk wcag schermlezer verklaring",
            "en": "accessible wcag screen reader statement",
        },
        "toegankelijkheid",
    ),
    _legal(
        _l("Colofon"),
        {
            "nl": "contact vereniging adres auteursrecht licentie",
            "en": "contact association address copyright licence",
        },
        "colofon",
    ),
    SitePage(
        _l("Meld een drempel"),
        {
            "nl": "toegankelijkheid klacht probleem melden",
            "en": "accessibility complaint problem report",
        },
        "vereniging.report_barrier",
    ),
    SitePage(
        _l("Registreren"),
        {"nl": "account maken aanmelden", "en": "account create sign up"},
        "accounts.register",
    ),
    SitePage(
        _l("Inloggen"),
        {"nl": "account wachtwoord aanmelden", "en": "account password log in"},
        "accounts.sign_in",
    ),
)


def site_pages(text: str) -> list[SitePage]:
    """Return the pages of the site of which the name and its other words hold all that is asked."""
    asked = asked_words(text, MOST_WORDS)
    return [page for page in SITE_PAGES if asked and _holds(page, asked)][:MOST_PAGES]


def _holds(page: SitePage, asked: list[str]) -> bool:
    known = words_of(f"{page.name} {page.words[current_locale()]}")
    return all(any(_is_like(word, other) for other in known) for word in asked)


def _is_like(word: str, other: str) -> bool:
    if any(one == two for one, two in zip(stems(word), stems(other), strict=True)):
        return True
    return len(word) >= _LEAST_BEGIN and other.startswith(word)
