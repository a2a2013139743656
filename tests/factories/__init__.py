"""Make what a test starts from: every call leaves one committed thing in the state it names."""

from tests.factories.accounts import (
    PASSWORD,
    make_account,
    make_beheerder,
    make_moderator,
    make_staff_invitation,
)
from tests.factories.articles import make_article
from tests.factories.comments import make_comment, make_comment_version, make_discussion
from tests.factories.commitments import (
    make_commitment,
    make_prognosis,
    make_revision,
    make_term_move,
    make_update,
)
from tests.factories.documents import make_document, make_pages, make_picture, write_out
from tests.factories.followers import make_follow_request, make_follower
from tests.factories.intakes import make_intake, make_intake_row
from tests.factories.organisations import (
    kind,
    make_absence,
    make_access_proposal,
    make_access_request,
    make_arrival,
    make_frozen,
    make_invitation,
    make_mailbox,
    make_membership,
    make_organisation,
    make_profile,
    make_proposal,
)
from tests.factories.pact import layer, make_pact_version, make_signing_event, principle
from tests.factories.processes import make_process
from tests.factories.rappels import make_rappel
from tests.factories.reports import make_report
from tests.factories.signatures import (
    make_ending,
    make_signature,
    make_signature_link,
    make_stop_link,
)
from tests.factories.telephones import Telephone, make_telephone
from tests.factories.vereniging import make_vereniging

__all__ = [
    "PASSWORD",
    "Telephone",
    "kind",
    "layer",
    "make_absence",
    "make_access_proposal",
    "make_access_request",
    "make_account",
    "make_arrival",
    "make_article",
    "make_beheerder",
    "make_comment",
    "make_comment_version",
    "make_commitment",
    "make_discussion",
    "make_document",
    "make_ending",
    "make_follow_request",
    "make_follower",
    "make_frozen",
    "make_intake",
    "make_intake_row",
    "make_invitation",
    "make_mailbox",
    "make_membership",
    "make_moderator",
    "make_organisation",
    "make_pact_version",
    "make_pages",
    "make_picture",
    "make_process",
    "make_profile",
    "make_prognosis",
    "make_proposal",
    "make_rappel",
    "make_report",
    "make_revision",
    "make_signature",
    "make_signature_link",
    "make_signing_event",
    "make_staff_invitation",
    "make_stop_link",
    "make_telephone",
    "make_term_move",
    "make_update",
    "make_vereniging",
    "principle",
    "write_out",
]
