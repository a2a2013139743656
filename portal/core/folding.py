"""Text folded for machines: letters without marks, for sorting, likeness, search and slugs."""

from __future__ import annotations

import unicodedata

# Latin letters that no decomposition takes apart.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ø": "o",
        "Ø": "O",
        "ð": "d",
        "Ð": "D",
        "đ": "d",
        "Đ": "D",
        "þ": "th",
        "Þ": "Th",
        "ł": "l",
        "Ł": "L",
        "ħ": "h",
        "Ħ": "H",
        "ı": "i",
    }
)


def plain_letters(text: str) -> str:
    """Return `text` with letters without diacritics: "Coöperatie Súdwest" -> "Cooperatie Sudwest".

    Letters of other alphabets stay what they are.
    """
    apart = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
