"""What is known of a signature of the past, on its way from a form to its row."""

from __future__ import annotations

from dataclasses import dataclass

from portal.pact.models import PactVersion, SigningEvent
from portal.terms import Term


@dataclass(frozen=True, slots=True)
class Signed:
    """What is known of a signature of the past, and in `source_url` where that can be read.

    `when` is the term read in the words of the source; `pact` is None where nobody wrote down
    which text was signed.
    """

    when: Term
    source_url: str
    pact: PactVersion | None = None
    event: SigningEvent | None = None
    town: str = ""
    signatory_name: str = ""
    signatory_function: str = ""
