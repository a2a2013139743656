"""Bring the many spellings of a term back to one plain form, or refuse what cannot be a term."""

import re
import unicodedata

from portal.terms.dutch import MONTHS
from portal.terms.vocabulary import Vocabulary, replaced, rules

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
# Signs and numbers, which are the same in every language.
_SIGNS = rules(
    (r"\s+", " "),
    (r"[ .;!]+$", ""),
    (r"[±~≈]|\+/-", " circa "),
    (r"\(([0-9]{4}|'[0-9]{2})\)", r" \1 "),
    (r"\b([qh]) (?=[1-4]\b)", r"\1"),
    (r"(?:(?<![0-9])|(?<=\b[qh][1-4]))'([0-9]{2})(?![0-9])", r" 20\1"),
    # Above twelve it can be no month.
    (r"(?<![0-9/-])(2[01])([0-9]{2}) ?/ ?(1[3-9]|[2-9][0-9])(?![0-9/-])", r"\1\2/\g<1>\3"),
)
_PLAIN = rules(
    (r" +", " "),
    (r" ?([/-]) ?", r"\1"),
    (rf"\bmaand (?={'|'.join(MONTHS)})", ""),
    (r"\b1e dag\b", "primo"),
    (r"\blaatste dag\b", "ultimo"),
    (r"\btot uiterlijk\b", "tm"),
    (r"\bkomend (?=(?:week|maand|kwartaal|jaar)\b)", "volgend "),
    # What is before the turn of the year ends with the year, what is after it begins with one.
    (r"\b(voor|tot|eerder dan) jaarwisseling$", r"\1 1 januari"),
    (r"\b(?:na|vanaf|nietvoor) jaarwisseling$", "vanaf 1 januari"),
    (r"\b(uiterlijk|per|tm|en|nietna) jaarwisseling$", r"\1 31 december"),
)


def tidy(text: str, vocabulary: Vocabulary) -> str | None:
    """Give the words in lower case and one spelling, without filler words.

    None when the text is empty, too long, or holds a sign that no term has.
    """
    if len(text) > LONGEST:
        return None
    plain = unicodedata.normalize("NFD", text.lower().translate(_CHARACTERS))
    plain = replaced(replaced(plain, _SIGNS).strip(), vocabulary.phrases)
    if not _KNOWN_CHARACTERS.fullmatch(plain):
        return None
    plain = _WORD.sub(lambda match: vocabulary.synonyms.get(match[0], match[0]), plain)
    return replaced(plain, _PLAIN).strip() or None
