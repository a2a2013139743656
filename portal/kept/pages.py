"""Which pages are kept whole, and with which arguments in their address."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from portal.core.i18n import LOCALES
from portal.web.cached import KEPT_AS

_PROMISED = ("soort", "stand", "organisatiesoort", "laag", "thema", "termijn", "organisatie")
_SIGNED = ("soort", "provincie", "status", "getekend", "gelegenheid")

# Endpoint -> the arguments that choose from a list, in the order in which the page itself writes
# them. What somebody types (`q`) and places in a list (`na`) are without end, so not among them.
PAGES: Mapping[str, tuple[str, ...]] = {
    "admin.robots": (),
    "comments.history": (),
    "commitments.atom": _PROMISED,
    "commitments.calendar": _PROMISED,
    "commitments.calendar_of_one": (),
    "commitments.history": (),
    "commitments.index": (*_PROMISED, "sorteer"),
    "commitments.read_document": (),
    "commitments.read_page": (),
    "commitments.show": (),
    "commitments.version": (),
    "following.atom": ("soort",),
    "following.changes": ("soort",),
    "home.show": (),
    "home.sitemap": (),
    "home.sitemap_part": (),
    "news.history": (),
    "news.index": (),
    "news.show": (),
    "news.version": (),
    "overview.report": (),
    "overview.reports": (),
    "overview.show": (),
    "overview.timeline": (*_PROMISED, "periode"),
    "pact.show": (),
    "pact.source": (),
    "pact.version": (),
    "rappels.index": (),
    "rappels.parties": (),
    "rappels.promises": (),
    "rappels.show": (),
    "register.atom": _SIGNED,
    "register.description": (),
    "register.descriptions": (),
    "register.signatories": (*_SIGNED, "sorteer", "weergave"),
    "register.signatory": (),
    "register.year": (),
    "signatures.start": (),
    "vereniging.barrier_reported": (),
    "vereniging.legal": (),
}

# Public pages that are not kept, and why.
NOT_KEPT: Mapping[str, str] = {
    "accounts.registered": "of the person who has just registered",
    "accounts.reset_mailed": "of the person who has just asked",
    "admin.figures": "about this moment",
    "admin.healthz": "about this moment",
    "admin.readyz": "about this moment",
    "admin.security_txt": "until a moment, not until a day",
    "assets.built": "kept as files",
    "assets.favicon": "a file",
    "commitments.citation": "a file",
    "commitments.document": "a file",
    "commitments.document_preview": "a file",
    "commitments.document_sheet": "a file, and about this moment",
    "commitments.draft_document": "a file",
    "commitments.draft_document_preview": "a file",
    "commitments.page_picture": "a file",
    "commitments.preview": "a draft, of those who wrote it",
    "commitments.read_draft_document": "a draft, of those who wrote it",
    "commitments.sheet": "a file, and about this moment",
    "commitments.term": "about words that somebody types",
    "documents.picture": "a file",
    "following.confirm": "of the person who was mailed",
    "following.follow": "a form, and what the viewer follows",
    "following.mailed": "of the person who has just asked",
    "following.newest": "leads to the page of a month",
    "following.overview": "of the person who was mailed",
    "following.stop_all": "of the person who was mailed",
    "following.stopped": "of the person who has just stopped",
    "opendata.archive": "a file",
    "opendata.show": "about the archive that stands at this moment",
    "organisations.objected": "of the person who has just objected",
    "overview.paper": "a file, kept by what it shows",
    "overview.paper_of_one": "a file, kept by what it shows",
    "overview.report_paper": "a file, kept by what it shows",
    "overview.report_promises": "never changes, and is seldom asked for",
    "overview.report_signatories": "never changes, and is seldom asked for",
    "overview.sheet": "a file, and about this moment",
    "overview.timeline_paper": "a file, kept by what it shows",
    "register.numbered": "leads to the page of what has that number",
    "register.compare": "as many as there are choices of four",
    "register.year_paper": "a file, kept by what it shows",
    "register.sheet": "a file, and about this moment",
    "search.sheet": "about words that somebody types",
    "search.show": "about words that somebody types",
    "search.suggest": "about words that somebody types",
    "signatures.confirmed": "of the person who has just signed",
    "signatures.end_stopped": "of the person who has just stopped it",
    "signatures.ended": "of the person who has just ended it",
    "signatures.turned_down": "of the person who has just turned down",
}

MOST_ARGUMENTS = 20
MOST_CHARACTERS = 500


class Pages:
    """Knows which addresses are those of pages that are kept."""

    def __init__(self, flask: Flask) -> None:
        self._map = flask.url_map.bind("localhost")
        rules: list[Rule] = list(flask.url_map.iter_rules())
        lists = {rule.rule: PAGES[rule.endpoint] for rule in rules if PAGES.get(rule.endpoint)}
        prefixes = ["" if locale == "nl" else f"/{locale}" for locale in LOCALES]
        self._lists = {prefix + rule: names for rule, names in lists.items() for prefix in prefixes}

    def __contains__(self, path: str) -> bool:
        """Return whether a page that is kept has this path, written as the portal writes it."""
        if path == "/en" or path.startswith("/en/"):
            path = path[3:] or "/"
        try:
            endpoint, values = self._map.match(path, method="GET")
        except HTTPException:
            return False
        # With more slashes or zeros it would lead to the same page, in ways without end.
        return endpoint in PAGES and path == unquote(self._map.build(endpoint, values))

    def query_of(self, path: str, query: bytes) -> str | None:
        """Return the query in its one order; None when an answer to it cannot be kept."""
        names = self._lists.get(path)
        if names is None or len(query) > MOST_CHARACTERS:
            return None
        try:
            given = parse_qsl(
                query.decode("ascii"),
                keep_blank_values=True,
                errors="strict",
                max_num_fields=MOST_ARGUMENTS,
            )
        except ValueError:
            return None
        if any(name not in names or not value.strip() for name, value in given):
            return None
        return urlencode(sorted(given, key=lambda pair: names.index(pair[0])))


def is_own_address(environ: Mapping[str, object], query: str) -> bool:
    """Return whether the answer to a query says that this is how its page writes it."""
    return not query or parse_qsl(urlsplit(str(environ.get(KEPT_AS, ""))).query) == parse_qsl(query)
