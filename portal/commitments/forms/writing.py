"""A new commitment, and the change of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Self, cast

from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from portal.commitments.forms.documents import accepted_files
from portal.commitments.forms.fields import TagsField, choices_of
from portal.commitments.forms.term import BY_HAND, TERM_OF_SOURCE, TermForm
from portal.commitments.models import Commitment, Texts
from portal.commitments.queries.subjects import tags
from portal.commitments.texts import TEXT_PARTS
from portal.commitments.words import KIND_HINTS, KINDS
from portal.core import clock
from portal.core.i18n import current_locale
from portal.core.i18n import lazy_gettext as _l
from portal.core.markdown import render_typed
from portal.documents.fields import DocumentField
from portal.lifecycle import CommitmentState
from portal.organisations.forms import EnteredForm
from portal.pact.models import Layer, Principle
from portal.web.forms import (
    AtMost,
    CreatingForm,
    DayField,
    EditingForm,
    Filled,
    Look,
    NotInFuture,
    Previewed,
    Previewing,
    WebAddressField,
    no_link,
    one_line,
    stripped,
)

TITLE, TEXT, PART = 120, 5000, 2000
# Below the text on the page, so last in the list of errors.
BELOW = (
    "promised_on",
    "term_words",
    "term_choice",
    "term_earliest",
    "term_latest",
    "document",
    "document_title",
    "entry_reason",
)

# What the fields ask of the vereniging, which writes of somebody else: a label, or "", and a hint.
OF_THE_SOURCE = {
    "title": ("", _l("Zeg in één zin wat er is toegezegd, in hoogstens 120 tekens.")),
    "what": (
        _l("Wat is er toegezegd?"),
        _l("Schrijf alleen op wat in de bron staat."),
    ),
    "result": ("", _l("Waaraan ziet een lezer straks dat het is gedaan?")),
    "source_url": ("", _l("Het webadres waar deze toezegging te lezen is.")),
    "promised_on": ("", _l("De dag waarop dit volgens de bron is toegezegd.")),
    "term_words": ("", TERM_OF_SOURCE),
}


class TextFields(Previewing):
    """What is written down of a commitment."""

    previews = (
        Previewed("title", Look.TITLE),
        Previewed("what", render=render_typed),
        *(Previewed(part.name, Look.ANSWER, label=part.label) for part in TEXT_PARTS),
    )

    # For the template, which draws them all alike.
    parts = TEXT_PARTS
    kind_hints = tuple((KINDS[kind], hint) for kind, hint in KIND_HINTS.items())

    kind = RadioField(
        _l("Soort toezegging"),
        [Filled(_l("Kies wat voor toezegging dit is."))],
        choices=choices_of(KINDS),
    )
    title = StringField(
        _l("Titel"),
        [Filled(_l("Vul een titel in.")), AtMost(TITLE)],
        filters=[one_line],
        description=_l("Zeg in één zin wat u toezegt, in hoogstens 120 tekens."),
    )
    what = TextAreaField(
        _l("Wat zegt u toe?"),
        [Filled(_l("Schrijf op wat de toezegging is.")), AtMost(TEXT)],
        filters=[stripped],
    )
    for_whom = TextAreaField(_l("Voor wie?"), [AtMost(PART)], filters=[stripped])
    why = TextAreaField(_l("Waarom?"), [AtMost(PART)], filters=[stripped])
    result = TextAreaField(
        _l("Wat is het resultaat?"),
        [AtMost(PART)],
        filters=[stripped],
        description=_l("Waaraan ziet een lezer straks dat u het hebt gedaan?"),
    )
    layer_ids = TagsField(_l("Welke lagen van Common Ground raakt dit?"))
    principle_ids = TagsField(_l("Bij welke thema’s hoort dit?"))
    source_title = StringField(_l("Titel van de bron"), [AtMost(200), no_link], filters=[one_line])
    source_url = WebAddressField(
        _l("Bron"),
        [AtMost(500)],
        filters=[one_line],
        description=_l("Het webadres waar deze toezegging ook te lezen is, als dat er is."),
    )

    def offer_tags(self, commitment: Commitment | None = None) -> None:
        """Fill the choices of layers and themes; those of the commitment stay, even if retired."""
        chosen = commitment.layer_ids if commitment else []
        self.layer_ids.choices = _choices(tags(Layer, chosen))
        chosen = commitment.principle_ids if commitment else []
        self.principle_ids.choices = _choices(tags(Principle, chosen))

    def texts(self) -> Texts:
        """Return what was written, for the actions."""
        layers, principles = self.layer_ids.data or [], self.principle_ids.data or []
        texts = Texts(
            kind=self.kind.data,
            title=self.title.data,
            what=self.what.data,
            source_title=self.source_title.data or "",
            source_url=self.source_url.data or None,
            layers=[layer for layer in tags(Layer, layers) if layer.id in layers],
            principles=[theme for theme in tags(Principle, principles) if theme.id in principles],
        )
        parts = {part.name: getattr(self, part.name).data or "" for part in self.parts}
        return cast(Texts, {**texts, **parts})


class PromiseForm(TermForm):
    """The term of a new promise, and the day on which it was made."""

    promised_on = DayField(
        _l("Toegezegd op"),
        [Filled(_l("Vul in op welke dag dit is toegezegd.")), NotInFuture()],
        default=clock.today,
        description=_l("Vandaag, of een dag in het verleden als u dit al eerder hebt toegezegd."),
    )

    def said_on(self) -> date:
        """Return the day on which the promise was made."""
        return self.promised_on.data or clock.today()


class WrittenForm(TextFields, PromiseForm, EnteredForm):
    """The text of a commitment and its term, in the order of the page."""

    keeps_source = True
    page_end = BELOW

    def is_unseen(self, name: str) -> bool:
        """Return whether it stands nowhere by itself: a day counts where it is picked by hand."""
        is_day = name in ("term_earliest", "term_latest")
        return super().is_unseen(name) or (is_day and self.term_choice.data != BY_HAND)

    def meet_writer(self, organisation_id: int) -> None:
        """Ask what the capacity of the viewer asks, in words that fit it."""
        super().meet_writer(organisation_id)
        if self.is_for_vereniging:
            for name, (label, hint) in OF_THE_SOURCE.items():
                field = self[name]
                field.label.text = label or field.label.text
                field.description = hint


class NewCommitmentForm(WrittenForm, CreatingForm):
    """A new commitment of an organisation, of which no value is filled in."""

    document = DocumentField(
        _l("Document"),
        description=_l(
            "Hoort er een document bij? Kies een pdf of een ODF-bestand (odt, ods, odp)."
        ),
        render_kw=accepted_files(),
    )
    document_title = StringField(
        _l("Titel van het document"),
        [AtMost(200)],
        filters=[one_line],
        description=_l("Vult u niets in, dan gebruiken wij de naam van het bestand."),
    )

    @classmethod
    def open(cls, subject: object = None) -> Self:
        """Return an empty form: what an organisation has (a kind) is no value of a commitment."""
        form = cls()
        form.prepare(subject)
        return form

    @classmethod
    def as_typed(cls, _subject: object = None) -> Self:
        """Return what was sent and nothing else."""
        return super().as_typed()

    def prepare(self, subject: Any) -> None:
        """Offer the tags, and the answers about the term."""
        self.meet_writer(subject.organisation_id)
        if self.is_for_vereniging and self.promised_on.raw_data is None:
            # A source is of another day: today would be a date that nobody said.
            self.promised_on.data = None
        self.offer_tags()
        self.offer_choices()


class CommitmentForm(WrittenForm, EditingForm):
    """The change of a commitment: its term only while it is a draft."""

    def prepare(self, subject: Commitment) -> None:
        """Offer the tags; once public, a term is moved and never edited."""
        self.meet_writer(subject.organisation_id)
        self.offer_tags(subject)
        if subject.state != CommitmentState.DRAFT:
            for name in ("term_words", "term_choice", "term_earliest", "term_latest"):
                del self[name]
            del self.promised_on
            return
        self.offer_choices()
        if self.term_choice.raw_data is None:
            self.fill_choice(subject)

    @property
    def has_term(self) -> bool:
        """Whether this form asks for the term."""
        return "term_words" in self


def _choices(rows: Sequence[Layer] | Sequence[Principle]) -> list[SelectChoice]:
    name = "name_en" if current_locale() == "en" else "name_nl"
    return [SelectChoice(tag.id, getattr(tag, name)) for tag in rows]
