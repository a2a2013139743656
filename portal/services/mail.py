"""Mail: a job row until it is committed, then one message with one Message-ID."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Mapping
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import uuid4

from portal.config import Settings
from portal.core import clock
from portal.core.addresses import full_address, full_address_to, full_path
from portal.core.db import write_section
from portal.core.i18n import render_text
from portal.core.mail_addresses import ERASED_HOST
from portal.core.settings import settings
from portal.lifecycle import Recorded
from portal.services import decision_jobs
from portal.services.jobs import Hopeless, Unneeded, does, enqueue
from portal.services.mail_headers import MailPolicy
from portal.services.mail_text import (
    FLOWED,
    OneLine,
    glued,
    in_columns,
    one_lined,
    quoted,
    topic_of,
)
from portal.services.mailboxes import mailbox_of
from portal.services.reach import is_held_back, mark_unreachable, says_gone
from portal.services.stand_ins import StandIn, stand_ins_for
from portal.services.telling import is_known_mail
from portal.services.vereniging import VerenigingFacts, current_vereniging

# What the row of a mail says that was not sent for that.
UNREACHABLE = "the address is unreachable"
ONLY_A_FILE = "there is no mail server: it is a file"


class MailWithoutAct(LookupError):
    """No table names this mail: say in the domain's mails.py which act it tells of."""


class MailIsFile(Unneeded):
    """There is no mail server: the mail was written to a file, and nobody got it."""


class AddressGone(Hopeless):
    """The mail server says that there is no such address."""


class Reader(Protocol):
    """Somebody who gets a mail, under the name with which it greets them."""

    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def locale(self) -> str: ...


def send(
    template: str,
    *,
    to: str,
    locale: str = "nl",
    addressee: str = "",
    key: str | None = None,
    decision: Recorded | None = None,
    thread: str = "",
    stands_in_for: Mapping[str, str] | None = None,
    **words: Any,
) -> None:
    """Add a mail to this transaction: templates/mail/<template>/{subject,body}.txt with `words`.

    `addressee` is the name to greet, "" where none is known for sure; `words` are strings and
    numbers, each on one line but for what the template quotes; `key` is that of `enqueue`. With a
    `decision`, the thing that was decided on, it waits: undoing takes it back. `thread` is what
    mails about the same have in common ("discussion-12"), "": what their words say of it. Who
    stands in for the reader in the organisation `organisation_id` of the words gets it as well.
    Refused with MailWithoutAct where no table names it. Nothing goes to an erased account.
    """
    letter = payload_of(template, to=to, locale=locale, addressee=addressee, words=words)
    if to.endswith(f"@{ERASED_HOST}"):
        return
    if thread := thread or topic_of(template, words):
        letter["thread"] = f"<{thread}@{_own_host()}>"
    letter |= _why(letter, stands_in_for)
    enqueue("mail", letter, key=key, decision=decision)
    _send_copies(letter, key, decision)


def _why(letter: dict[str, Any], stands_in_for: Mapping[str, str] | None) -> dict[str, Any]:
    """Return what a mail says of why it comes here, where that is not plain."""
    if stands_in_for:
        return {"stands_in_for": dict(stands_in_for)}
    name = mailbox_of(letter["template"], letter["words"], letter["to"])
    return {"mailbox_of": name} if name else {}


def _send_copies(letter: dict[str, Any], key: str | None, decision: Recorded | None) -> None:
    """Add the same mail for whoever stands in for its reader."""
    for one in stand_ins_for(letter["template"], letter["words"], letter["to"]):
        again = f"{key}:{one.account_id}" if key else None
        enqueue("mail", _copy(letter, one), key=again, decision=decision)


def _copy(letter: dict[str, Any], one: StandIn) -> dict[str, Any]:
    """Return a letter as a stand-in gets it: the same words, in the language of the other."""
    return {
        **letter,
        "to": one.email,
        "addressee": one.name,
        "message_id": new_message_id(),
        "stands_in_for": one.words(letter["addressee"], letter["locale"]),
    }


def take_back(decision: Recorded) -> frozenset[str]:
    """Take back the mails about a decision that have not left; return their addresses."""
    return frozenset(letter["to"] for letter in decision_jobs.take_back(decision))


def payload_of(
    template: str, *, to: str, locale: str, addressee: str, words: dict[str, Any]
) -> dict[str, Any]:
    """Return what `deliver` sends; refused as `send` does."""
    if not is_known_mail(template):
        raise MailWithoutAct(template)
    return {
        "template": template,
        "to": to,
        "locale": locale,
        "addressee": addressee,
        "words": words,
        "message_id": new_message_id(),
    }


def new_message_id() -> str:
    """Return by what mail programs know a message that goes out, however often it is tried."""
    return f"<{uuid4().hex}@{_own_host()}>"


def _own_host() -> str:
    return urlsplit(settings().public_url).hostname or "localhost"


def _written(payload: dict[str, Any], vereniging: VerenigingFacts) -> tuple[str, str]:
    """Return subject and body of a mail, in the language of who gets it."""
    locale = payload["locale"]

    def mail_url(endpoint: str, **values: Any) -> str:
        return full_address(endpoint, locale, **values)

    def mail_url_to(destination: str, **values: str | int) -> str:
        return full_address_to(destination, locale, **values)

    folder = f"mail/{payload['template']}"
    words = payload["words"]
    context = {
        **one_lined(words),
        "addressee": OneLine(payload.get("addressee", "")),
        "stands_in_for": one_lined(payload.get("stands_in_for", {})),
        "mailbox_of": one_lined(payload.get("mailbox_of", "")),
        "body": f"{folder}/body.txt",
        "quoted": quoted,
        "mail_url": mail_url,
        "mail_url_to": mail_url_to,
        "full_path": full_path,
        "vereniging": vereniging,
    }
    subject = render_text(f"{folder}/subject.txt", locale, **context)
    return subject, in_columns(render_text("mail/letter.txt", locale, **glued(context)))


def compose(payload: dict[str, Any], vereniging: VerenigingFacts | None = None) -> EmailMessage:
    """Return the message that a job row describes.

    `vereniging` is what is known of it; None: read it from the database.
    """
    locale = payload["locale"]
    vereniging = vereniging or current_vereniging(locale)
    subject, body = _written(payload, vereniging)
    message = EmailMessage(policy=MailPolicy())
    message["Subject"] = re.sub(r"\s+", " ", subject).strip()
    message["From"] = _sender(settings(), vereniging.site_name)
    message["To"] = _recipient(payload["to"])
    if vereniging.email:
        # Answering is what people do with mail: the sender's address need not be read by anybody.
        message["Reply-To"] = Address(vereniging.name, addr_spec=vereniging.email)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = payload["message_id"]
    if "thread" in payload:
        message["References"] = payload["thread"]
    message["Auto-Submitted"] = "auto-generated"
    if "unsubscribe" in payload:
        # RFC 8058: the button of a mail program, which presses without a session or a page.
        message["List-Unsubscribe"] = f"<{payload['unsubscribe']}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(body, params=FLOWED)
    # After the content: setting that drops every header that begins with Content-.
    message["Content-Language"] = locale
    return message


def _sender(current: Settings, name: str) -> Address:
    return Address(display_name=name, addr_spec=current.mail_sender)


def _recipient(address: str) -> Address:
    try:
        return Address(addr_spec=address)
    except (ValueError, IndexError, MessageError) as fault:
        raise Hopeless("the address is not one that mail can go to") from fault


@does("mail")
def deliver(payload: dict[str, Any]) -> None:
    """Send one mail; a refusal of the address for good parks the job.

    MailIsFile without a mail server: the row of the job says that nobody got it.
    To an address that is known to be unreachable only a mail with a personal link goes.
    """
    if is_held_back(payload):
        raise Unneeded(UNREACHABLE)
    try:
        hand_over(payload, current_vereniging(payload["locale"]))
    except AddressGone:
        note_gone(payload["to"])
        raise
    note_file()


def note_file() -> None:
    """Let the row of a mail say that it became a file; MailIsFile where there is no mail server."""
    if settings().mail_server is None:
        raise MailIsFile(ONLY_A_FILE)


def note_gone(address: str) -> None:
    """Remember that mail does not arrive at an address, in a write section of its own."""
    with write_section():
        mark_unreachable(address)


def hand_over(payload: dict[str, Any], vereniging: VerenigingFacts) -> None:
    """Send one mail with what is known of the vereniging: that takes no database."""
    message = compose(payload, vereniging)
    current = settings()
    if current.mail_server is None:
        _write_file(current, payload["template"], message)
        return
    try:
        with smtplib.SMTP(current.mail_server, current.mail_port, timeout=20) as server:
            if current.mail_starttls:
                # Without a context of its own it would take any certificate, whoever holds it.
                server.starttls(context=ssl.create_default_context())
            if current.mail_username:
                server.login(current.mail_username, current.mail_password or "")
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _words in refusal.recipients.values()]
        if all(code >= 500 for code in codes):
            kind = AddressGone if _says_gone(refusal) else Hopeless
            raise kind(f"the mail server refuses the address for good: {codes}") from refusal
        raise


def _says_gone(refusal: smtplib.SMTPRecipientsRefused) -> bool:
    answers = refusal.recipients.values()
    return all(says_gone(code, words.decode(errors="replace")) for code, words in answers)


def _write_file(current: Settings, template: str, message: EmailMessage) -> None:
    current.mail_dir.mkdir(parents=True, exist_ok=True)
    moment = clock.now().strftime("%Y%m%d-%H%M%S-%f")
    path = current.mail_dir / f"{moment}-{template}-{uuid4().hex[:6]}.eml"
    path.write_bytes(message.as_bytes())
