"""What is known of a signature of the past, on its way from a form to its row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.pact.models import PactVersion, SigningEvent
from portal.terms import Term


def is_year_inferred(words: str | None, latest: date | None) -> bool:
    """Return whether the words of a source leave out the year in which `latest` falls."""
    if not words or latest is None:
        return False
    endings = (f"'{latest:%y}", f"’{latest:%y}", f"-{latest:%y}", f"/{latest:%y}")
    return str(latest.year) not in words and not words.endswith(endings)


@dataclass(frozen=True, slots=True)
class Signed:
    """What is known of a signature of the past, and in `source_url` where that can be read.

    `when` is the term read in the words of the source; `pact` is None where nobody wrote down
    which text was signed.
    """

    when: Term
    source_url: str
    source_title: str = ""
    pact: PactVersion | None = None
    event: SigningEvent | None = None
    town: str = ""
    signatory_name: str = ""
    signatory_function: str = ""
