"""The names that templates share: built files, dates in words, the viewer, the vereniging."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, MutableMapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from flask import Flask, g, has_request_context, request, url_for
from flask.sansio.app import App
from flask.templating import Environment
from jinja2 import StrictUndefined, Template, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.local import LocalProxy

from portal import lifecycle
from portal.core import clock
from portal.core.addresses import full_path
from portal.core.db import Bound
from portal.core.i18n import OTHER, current_locale, number_words
from portal.core.mail_addresses import shown_mail_address
from portal.core.settings import settings
from portal.core.short_numbers import short_number
from portal.core.words import count_words, date_words, moment_words, size_words
from portal.lifecycle.claims import EnteredAs, Stance
from portal.policy import Person, can
from portal.services.grounds import TEXT_GROUNDS
from portal.services.models import JobState
from portal.services.vereniging import VerenigingFacts, current_vereniging
from portal.web import drawing, phrases
from portal.web.address import own_path
from portal.web.breaks import breakable, parted
from portal.web.contact import known_contact, remember
from portal.web.destinations import url_to
from portal.web.escaping import PortalCode, shown
from portal.web.forms import ButtonForm
from portal.web.forms.previews import Look
from portal.web.forms.questions import is_question, only_asks
from portal.web.late import Later, PortalContext
from portal.web.person import viewer
from portal.web.slots import lent_to

Value = TypeVar("Value")


class Assets:
    """The built files of static/dist: a logical name becomes an address with its hash."""

    def __init__(self, root: Path) -> None:
        manifest = root / "dist" / "manifest.json"
        self._names: dict[str, str] = json.loads(manifest.read_text()) if manifest.exists() else {}

    def __call__(self, name: str) -> str:
        return f"/static/dist/{self._names.get(name, name)}"


def _canonical_url() -> str:
    return full_path(request.script_root + own_path()) if has_request_context() else ""


def _same_page_url() -> str:
    return _with_query(_canonical_url())


def _other_locale_url() -> str:
    if not has_request_context():
        return ""
    prefix = "/en" if OTHER[current_locale()] == "en" else ""
    return _with_query(prefix + own_path())


def _with_query(address: str) -> str:
    """Return the address of a page with what this request asks of it, such as its filters."""
    query = request.query_string.decode(errors="replace") if has_request_context() else ""
    return f"{address}?{query}" if query else address


def _printed_address() -> str:
    """Where a page on paper was taken from; "" for one whose address is a key to something."""
    if not has_request_context() or "token" in (request.view_args or {}):
        return ""
    return _same_page_url()


@pass_eval_context
def _mail_address(context: EvalContext, address: str | None) -> str:
    """Return a mail address for readers; on a page it breaks between its parts."""
    shown = shown_mail_address(address)
    return breakable(shown) if context.autoescape else shown


FILTERS: dict[str, Callable[..., str]] = {
    "breakable": breakable,
    "counted": count_words,
    "parted": parted,
    "date": date_words,
    "datetime": moment_words,
    "filesize": size_words,
    "mail_address": _mail_address,
    "number": number_words,
    "short_number": short_number,
}


def _once(name: str, compute: Callable[[], Value]) -> Value:
    """Return what `compute` returns, called once a request however often a page needs it."""
    if name not in g:
        setattr(g, name, compute())
    value: Value = g.get(name)
    return value


def vereniging() -> VerenigingFacts:
    """Return what every page says of the vereniging, read once a request."""
    return _once("vereniging", _read_vereniging)


def _read_vereniging() -> VerenigingFacts:
    facts = current_vereniging(current_locale())
    remember(facts.email)
    return facts


def _waiting_count() -> int | None:
    return _once("waiting_count", lambda: waiting_count()(viewer()))


class WaitingCount(Protocol):
    """Returns how many things wait for this moderator; None for a person who is none."""

    def __call__(self, person: Person, /) -> int | None: ...


waiting_count: Bound[WaitingCount] = Bound("waiting_count")


def _loses_mail() -> bool:
    """Return whether mail that ought to go out reaches nobody: in a demo it ought not."""
    return settings().mail_server is None and settings().mode != "demo"


SHARED = {
    "person": Later(viewer),
    "other_locale_url": Later(_other_locale_url),
    "canonical_url": Later(_canonical_url),
    "same_page_url": Later(_same_page_url),
    "printed_address": Later(_printed_address),
    "today": Later(clock.today),
    "vereniging": Later(vereniging),
    # A template computes the late names that it mentions when it begins. These stand in a
    # branch that few readers get, so they wait until the template uses them.
    "loses_mail": LocalProxy(_loses_mail),
    "waiting_count": LocalProxy(_waiting_count),
    "sign_out_form": LocalProxy(lambda: _once("sign_out_form", ButtonForm)),
}


# Templates compare states with these: a bare word is found by no search and no type checker.
STATES: dict[str, type[StrEnum]] = {
    kind.__name__: kind
    for kind in (
        lifecycle.AccessProposalState,
        lifecycle.AccessRequestState,
        lifecycle.ArticleState,
        lifecycle.ReportState,
        lifecycle.CommentState,
        lifecycle.CommitmentState,
        lifecycle.EndingState,
        lifecycle.IntakeState,
        lifecycle.InvitationState,
        lifecycle.PactVersionState,
        lifecycle.MailboxState,
        lifecycle.ProposalState,
        lifecycle.RappelState,
        lifecycle.SignatureState,
        lifecycle.TextState,
        JobState,
    )
}


def _context() -> dict[str, object]:
    locale = current_locale()
    return {"locale": locale, "other_locale": OTHER[locale], **SHARED}


class PortalEnvironment(Environment):
    """All templates; what they share is bound before the first of them is loaded."""

    context_class = PortalContext
    code_generator_class = PortalCode
    shown = staticmethod(shown)

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options)
        self._ready: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Return a template; one that was loaded before with one look in a dict.

        A page asks for some sixty, most of them for a macro.
        """
        if globals or self.auto_reload or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        ready = self._ready.get(name)
        if ready is None:
            ready = self._ready[name] = super().get_template(name, parent)
        return ready

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        # One dict: every import in a template compares these names, which a chain makes slow.
        return {**self.globals, **(d or {})}


def _site_parts(app: Flask) -> Callable[..., Markup]:
    """Return `site_part`, with which templates get a part that is the same for everybody.

    Each is rendered once for a name, a language, a section, whether somebody is signed in, and the
    words of the vereniging.
    """

    @lru_cache(maxsize=64)
    def rendered(
        name: str, locale: str, _root: str, row: Hashable, section: str, signed_in: bool
    ) -> Markup:
        part = app.jinja_env.get_template(name)
        context = {"locale": locale, "section": section, "signed_in": signed_in}
        return Markup(part.render(vereniging=row, **context))  # noqa: S704

    def site_part(name: str, section: str = "", signed_in: bool = False) -> Markup:
        render = rendered.__wrapped__ if app.debug else rendered
        root = request.script_root
        return render(name, current_locale(), root, vereniging(), section, signed_in)

    return site_part


def init_app(app: Flask) -> None:
    """Bind globals and filters; an undefined name in a template is an error."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.auto_reload = app.debug
    app.jinja_env.globals.update(
        asset=Assets(Path(app.root_path).parent / "static"),
        draw=drawing,
        can=lambda permission, subject=None: can(viewer(), permission, subject),
        known_contact=known_contact,
        full_url=lambda endpoint, **values: full_path(url_for(endpoint, **values)),
        full_url_to=lambda destination, **values: full_path(url_to(destination, **values)),
        open_form=lambda form_class, subject=None: form_class.open(subject),
        lent_to=lent_to,
        only_asks=only_asks,
        site_part=_site_parts(app),
        text_grounds=TEXT_GROUNDS,
        url_to=url_to,
        EnteredAs=EnteredAs,
        Look=Look,
        Stance=Stance,
        **STATES,
    )
    app.jinja_env.tests["question"] = is_question
    app.jinja_env.filters.update(FILTERS)
    app.context_processor(_context)
    phrases.init_app(app)
