"""Fill the register of the portal whose settings are in the environment; its people stand by name.

Run by the user of the portal: what it writes, the portal wrote.
"""

from __future__ import annotations

from portal import create_app
from tests.factories import (
    PASSWORD,
    make_account,
    make_article,
    make_comment,
    make_commitment,
    make_document,
    make_membership,
    make_moderator,
    make_organisation,
    make_pact_version,
    make_signature,
    make_telephone,
    make_update,
    make_vereniging,
)

MODERATOR = "tweede@vereniging.example"
READER = "lezer@lezers.example"
__all__ = ["MODERATOR", "PASSWORD", "READER"]


def fill() -> None:
    """Make organisations that signed, what they promise, what was said of it, and two people."""
    make_vereniging(email="bureau@vereniging.example")
    make_telephone(make_moderator(name="Tweede Moderator", email=MODERATOR))
    reader = make_account(name="Lieke Lezer", email=READER)
    make_pact_version()
    for number in range(2):
        organisation = make_organisation(name=f"Gemeente Voorbeeld {number} (fictief)")
        make_membership(organisation)
        make_signature(organisation)
        title = f"Toezegging {number}"
        commitment = make_commitment(organisation, title=title, documents=[make_document()])
        make_update(commitment)
        for state in ("placed", "pending"):
            make_comment(commitment.discussion, state=state, author=reader)
    make_article()


if __name__ == "__main__":
    with create_app().app_context():
        fill()
