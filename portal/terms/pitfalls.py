"""Tell which words of a promised moment mislead people."""

import re
from enum import StrEnum

from portal.terms import dutch
from portal.terms.spelling import tidy
from portal.terms.term import Term


class Pitfall(StrEnum):
    """Words that one reader takes for something else than the next."""

    PER = "per"
    BEFORE = "voor"
    CONTRACT = "contract"


_CONTRACT = re.compile(
    r"\b(?:be)?eindig|\b(?:ver)?loopt\b|contract|overeenkomst|\bends\b|\bexpir|\bagreement\b"
)


def pitfall_in(text: str, term: Term | None) -> Pitfall | None:
    """Give what may mislead in words that are read as `term`; None when nothing does.

    "Per" can be a start and "voor" can mean "for". The end of a contract is no term at all, so
    it is only given for words that are not read.
    """
    if term is None:
        return Pitfall.CONTRACT if _CONTRACT.search(text.lower()) else None
    opening = (tidy(text, dutch.VOCABULARY) or "").partition(" ")[0]
    return Pitfall(opening) if opening in (Pitfall.PER, Pitfall.BEFORE) else None
