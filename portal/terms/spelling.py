"""Bring the many spellings of a term back to one plain form, or refuse what cannot be a term."""

import re
import unicodedata

from portal.terms import dutch
from portal.terms.vocabulary import replaced

# Longer than any term that a person writes; it keeps the work small for hostile text.
LONGEST = 200

_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("’‘‛`´′", "'"),
        **dict.fromkeys('"“”„«»\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff', None),
        "ĳ": "ij",
    }
)
_KNOWN_CHARACTERS = re.compile(r"[a-z0-9 '/,.-]+")
_WORD = re.compile(r"(?<![a-z0-9])[a-z]+(?![a-z0-9])")


def tidy(text: str) -> str | None:
    """Give the words in lower case and one spelling, without filler words.

    None when the text is empty, too long, or holds a sign that no term has.
    """
    if len(text) > LONGEST:
        return None
    words = dutch.VOCABULARY
    plain = unicodedata.normalize("NFD", text.lower().translate(_CHARACTERS))
    plain = replaced(plain.strip(), words.before)
    if not _KNOWN_CHARACTERS.fullmatch(plain):
        return None
    plain = _WORD.sub(lambda match: words.synonyms.get(match[0], match[0]), plain)
    return replaced(plain, words.after).strip() or None
