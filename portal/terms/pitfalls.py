"""Tell which words of a promised moment mislead people."""

import re
from enum import StrEnum

from portal.terms import dutch
from portal.terms.periods import Precision
from portal.terms.spelling import tidy
from portal.terms.term import Term


class Pitfall(StrEnum):
    """Words that one reader takes for something else than the next."""

    PER = "per"
    BEFORE = "voor"
    BY = "by"
    CONTRACT = "contract"


_CONTRACT = re.compile(
    r"\b(?:be)?eindig|\b(?:ver)?loopt\b|contract|overeenkomst|\bends\b|\bexpir|\bagreement\b"
)

_BY = re.compile(r"\s*by (?!(?:the )?(?:end|late)\b|year)", re.IGNORECASE)


def pitfall_in(text: str, term: Term | None) -> Pitfall | None:
    """Give what may mislead in words that are read as `term`; None when nothing does.

    "Per" can be a start, "voor" can mean "for", and "by 2027" can be before that year begins. The
    end of a contract is no term at all, so it is only given for words that are not read.
    """
    if term is None:
        return Pitfall.CONTRACT if _CONTRACT.search(text.lower()) else None
    if _BY.match(text) and term.precision is not Precision.DAY:
        return Pitfall.BY
    opening = (tidy(text, dutch.VOCABULARY) or "").partition(" ")[0]
    return Pitfall(opening) if opening in (Pitfall.PER, Pitfall.BEFORE) else None
