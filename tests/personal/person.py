"""A person of whom every table keeps something, beside others of whom it does as well."""

from __future__ import annotations

from datetime import timedelta

from portal.accounts.actions.blocking import unblock
from portal.accounts.models import (
    Account,
    AccountSession,
    AccountToken,
    KnownBrowser,
    PendingSignIn,
)
from portal.commitments.models import Revision, SentReminder
from portal.core import clock
from portal.core.db import Base, db, write_section
from portal.core.tokens import new_token, token_hash
from portal.documents.models import Picture
from portal.lifecycle import MailboxState
from portal.news.models import ArticleRevision
from portal.organisations.actions.requests import ask_access
from portal.organisations.models import Absence, Mailbox, PastMembership
from portal.organisations.queries import person_of
from portal.policy import Role
from portal.services.history import record
from portal.services.models import Disowning, Draft, UsedKey
from tests import factories as make

NAME, EMAIL = "Noor Unieknaam", "noor.uniek@example.org"


def make_person(*, is_only_owner: bool = False) -> Account:
    """Return an account that did one of everything; of others there is one of everything too."""
    _live(make.make_account(name="Olivier Anders", email="olivier@example.org"), False)
    person = make.make_account(name=NAME, email=EMAIL)
    _live(person, is_only_owner)
    return person


def _live(person: Account, is_only_owner: bool) -> None:
    make.make_telephone(person)
    organisation = make.make_organisation(owner=person)
    if not is_only_owner:
        make.make_membership(organisation, make.make_account(), role=Role.OWNER)
    make.make_arrival(organisation, person)
    _ask_and_be_asked(person)
    make.make_follower(account=person)
    make.make_follow_request(email=person.email)
    make.make_profile(organisation, author=person)
    make.make_proposal(author=person)
    _sign(person)
    _write(person)
    with write_section():
        db.session.add_all(_rows(person))
        record(person, "second_factor_reset", by=None, reason=f"{person.name} belde ons.")
        unblock(person)


def _ask_and_be_asked(person: Account) -> None:
    other = make.make_organisation(owner=make.make_account())
    with write_section():
        asker = person_of(person.id)
        assert asker is not None
        ask_access(other, job_title="Adviseur Uniek", message=f"Ik ben {person.name}.", by=asker)
    make.make_access_proposal(make.make_organisation(), email=person.email)
    make.make_invitation(make.make_organisation(owner=make.make_account()), email=person.email)
    make.make_staff_invitation(email=person.email)


def _sign(person: Account) -> None:
    make.make_signature(author=person)
    make.make_intake_row(make.make_intake(author=person))
    signed = make.make_signature(signatory_name=person.name, signatory_email=person.email)
    make.make_signature_link(signed, email=person.email)
    ending = make.make_ending(make.make_signature(), author=person, email=person.email)
    make.make_stop_link(ending, email=person.email, account=person)


def _write(person: Account) -> None:
    make.make_comment(author=person, organisation=make.make_organisation())
    commitment = make.make_commitment(author=person)
    make.make_update(commitment, author=person)
    make.make_prognosis(commitment, author=person)
    make.make_term_move(commitment, author=person)
    article = make.make_article(author=person)
    make.make_pact_version(state="draft", author=person)
    make.make_report(author=person)
    make.write_out(make.make_document(author=person), author=person)
    with write_section():
        db.session.add(
            Revision(commitment_id=commitment.id, number=1, fields={}, replaced_at=clock.now(),
                     author_id=person.id, author_name=person.name)
        )  # fmt: skip
        db.session.add(
            ArticleRevision(article_id=article.id, title="Eerst", lead="Zo.", body="Zo.",
                            language="nl", replaced_at=clock.now(), author_id=person.id)
        )  # fmt: skip
        day = clock.today()
        db.session.add(
            SentReminder(commitment_id=commitment.id, account_id=person.id, occasion="jaar-1",
                         about=day, due_on=day, sent_on=day, sent_at=clock.now())
        )  # fmt: skip


def _rows(person: Account) -> list[Base]:
    """Return what acts and factories made none of."""
    mine, now = {"account_id": person.id}, clock.now()
    organisation = make.make_organisation()
    picture = make.make_picture()
    db.session.get_one(Picture, picture.id).created_by = person.id
    return [
        AccountSession(**mine, token_hash=token_hash(new_token()), device="Firefox",
                       created_at=now, last_seen_at=now),
        KnownBrowser(**mine, mark_hash=token_hash(new_token()), used_at=now),
        PendingSignIn(**mine, token_hash=token_hash(new_token()), created_at=now),
        AccountToken(**mine, purpose="change", token_hash=token_hash(new_token()),
                     email=person.email, created_at=now, expires_at=now + timedelta(days=1)),
        Draft(**mine, address="/reacties/1", fields={"body": [f"{person.name} typt"]}, size=9,
              typed_at=now),
        UsedKey(key=token_hash(new_token()), address="/", **mine, used_at=now),
        Absence(organisation_id=organisation.id, **mine, stand_in_id=person.id,
                first_on=clock.today(), last_on=clock.today()),
        Mailbox(organisation_id=organisation.id, email=person.email, email_key=person.email_key,
                locale="nl", token_hash=token_hash(new_token()), state=MailboxState.IN_USE,
                mailed_at=now, proved_at=now),
        PastMembership(organisation_id=organisation.id, **mine, membership_id=99, role="eigenaar",
                       left_at=now, how="left"),
        Disowning(subject="update", subject_id=1, organisation_id=organisation.id,
                  title="Een bericht", address="/", reason="Niet van ons.", author_id=person.id,
                  created_at=now),
    ]  # fmt: skip
