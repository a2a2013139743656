"""What a person reads when a file is refused, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from portal.core.i18n import lazy_gettext as _
from portal.core.i18n import number_words
from portal.core.words import limit_words
from portal.documents.inspection.read_odf import MAX_UNPACKED
from portal.documents.reasons import PictureReason, Reason

# As in read_picture.py, which a child process runs with the library that opens pictures.
MAX_PIXELS = 40_000_000

_WORDS: Mapping[Reason, LazyString] = {
    Reason.ARCHIVE: _(
        "Dit is een zip-bestand. Pak het uit en kies één bestand: pdf, odt, ods of odp."
    ),
    Reason.BOMB: _(
        "In dit bestand zit te veel: na het uitpakken mag het hoogstens %(unpacked)s zijn. Sla "
        "het document opnieuw op of maak er een pdf van."
    ),
    Reason.BUSY: _("Het is nu druk. Wij konden uw bestand niet bekijken. Probeer het zo opnieuw."),
    Reason.EMPTY: _("Dit bestand is leeg. Kies een ander bestand."),
    Reason.HTML: _("Dit is een webpagina, geen document. Sla de pagina op als pdf."),
    Reason.ODF_FALSE: _(
        "Dit is geen echt ODF-bestand. Open het document en sla het opnieuw op als odt, ods of odp."
    ),
    Reason.ODF_LOCKED: _(
        "Dit document heeft een wachtwoord. Sla het op zonder wachtwoord en kies het opnieuw."
    ),
    Reason.ODF_MACROS: _(
        "In dit document zitten macro’s. Dat staan wij niet toe. Verwijder de macro’s uit het "
        "document of sla het op als pdf."
    ),
    Reason.ODF_OTHER_KIND: _(
        "Dit soort ODF-bestand nemen wij niet aan. "
        "Sla het document op als pdf, of kies odt, ods of odp."
    ),
    Reason.OFFICE: _(
        "Dit is een Office-bestand, zoals Word of Excel. Sla het document op als pdf of als ODF "
        "(odt, ods of odp). Dan kan iedereen het openen."
    ),
    Reason.PDF_LAUNCH: _(
        "Deze pdf kan een programma starten. Dat staan wij niet toe. "
        "Maak de pdf opnieuw zonder die actie."
    ),
    Reason.PDF_LOCKED: _(
        "Deze pdf is beveiligd met een wachtwoord of met beperkingen. "
        "Sla de pdf op zonder beveiliging en kies het bestand opnieuw."
    ),
    Reason.PDF_SCRIPT: _(
        "In deze pdf zitten scripts. Dat staan wij niet toe. "
        "Maak de pdf opnieuw zonder scripts, bijvoorbeeld via afdrukken naar pdf."
    ),
    Reason.PICTURE: _("Dit is een plaatje, geen document. Maak er eerst een pdf van."),
    Reason.SVG: _("Dit is een SVG-tekening, geen document. Maak er eerst een pdf van."),
    Reason.TOO_LARGE: _(
        "Dit bestand is te groot: het mag hoogstens %(most)s zijn. Kies een kleiner bestand, "
        "of maak de plaatjes in het document kleiner."
    ),
    Reason.UNKNOWN: _("Dit soort bestand nemen wij niet aan. Kies een pdf, odt, ods of odp."),
    Reason.UNREADABLE: _(
        "Wij kunnen dit bestand niet lezen. Misschien is het beschadigd of te ingewikkeld. Maak "
        "het bestand opnieuw en probeer het nog eens."
    ),
    Reason.WRONG_EXTENSION: _(
        "De naam van dit bestand past niet bij de inhoud. Geef het bestand de juiste extensie: "
        ".pdf, .odt, .ods of .odp."
    ),
}

_PICTURE_WORDS: Mapping[PictureReason, LazyString] = {
    PictureReason.BUSY: _(
        "Het is nu druk. Wij konden uw plaatje niet bekijken. Probeer het zo opnieuw."
    ),
    PictureReason.EMPTY: _("Dit bestand is leeg. Kies een ander plaatje."),
    PictureReason.NOT_A_PICTURE: _(
        "Dit is geen plaatje dat wij kunnen gebruiken. Kies een png, jpg, webp of gif."
    ),
    PictureReason.SVG: _("Een SVG-tekening nemen wij niet aan. Sla het plaatje op als png."),
    PictureReason.TOO_LARGE: _(
        "Dit plaatje is te groot: het mag hoogstens %(most)s zijn. Kies een kleiner bestand."
    ),
    PictureReason.TOO_MANY_PIXELS: _(
        "Dit plaatje is te groot: het heeft te veel pixels. Het mogen er hoogstens %(pixels)s "
        "zijn. Maak het kleiner en kies het opnieuw."
    ),
    PictureReason.UNREADABLE: _(
        "Wij kunnen dit plaatje niet lezen. Misschien is het beschadigd. Sla het opnieuw op en "
        "probeer het nog eens."
    ),
}


def words_of(reason: Reason | PictureReason, *, most: int) -> str:
    """Return what a person reads who may send files of at most `most` bytes."""
    words = _WORDS[reason] if isinstance(reason, Reason) else _PICTURE_WORDS[reason]
    limits = {
        "most": limit_words(most),
        "unpacked": limit_words(MAX_UNPACKED),
        "pixels": number_words(MAX_PIXELS),
    }
    return str(words) % limits
