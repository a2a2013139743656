"""The mails to those who follow: the link that confirms an address, and the news."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from markupsafe import Markup

from portal.commitments.asked import tag_choices
from portal.commitments.words import PROGRESS
from portal.core.addresses import full_address
from portal.core.i18n import render_text, speak
from portal.core.words import date_words
from portal.following.asked import name_of, read_written
from portal.following.digests import Group
from portal.following.kinds import LABELS, ChangeKind
from portal.following.links import token_of
from portal.following.models import Follower
from portal.following.queries import ADDRESSES, Change
from portal.services import mail
from portal.services.mail_text import OneLine
from portal.services.vereniging import current_vereniging

NEWS = "follow_news"


def confirm_following(email: str, what: str, token: str, *, locale: str) -> None:
    """Mail the link with which an address is confirmed, with what is to be followed."""
    with speak(locale):
        name = name_of(read_written(what), tag_choices())
    mail.send("follow_confirm", to=email, locale=locale, token=token, text=name)


def send_news(follower: Follower, groups: list[Group], *, message_id: str) -> None:
    """Send one follower what is new, now: the caller is the job."""
    locale = follower.spoken
    token = token_of(follower.code)
    with speak(locale):
        words = {
            "groups": [_group(group, locale) for group in groups],
            "count": sum(len(group.changes) for group in groups),
            "rhythm": str(groups[0].follow.rhythm),
            "token": token,
        }
    letter = mail.payload_of(
        NEWS, to=follower.address, locale=locale, addressee=follower.name, words=words
    )
    letter["message_id"] = message_id
    letter["unsubscribe"] = full_address("following.stop_all", locale, token=token)
    mail.hand_over(letter, current_vereniging(locale))


def _group(group: Group, locale: str) -> dict[str, Any]:
    filters = read_written(group.follow.what)
    return {
        "name": OneLine(name_of(filters, tag_choices())),
        "changes": [_change(change, locale) for change in group.changes],
        "more": full_address("following.newest", locale) if group.has_more else "",
    }


def _change(change: Change, locale: str) -> dict[str, str]:
    endpoint, name = ADDRESSES[change.thing]
    return {
        "day": date_words(change.day, locale),
        "kind": str(LABELS[ChangeKind(change.kind)]),
        "about": OneLine(change.about),
        "told": plain(render_text("following/told.txt", locale, change=change, progress=PROGRESS)),
        "address": full_address(endpoint, locale, **{name: change.slug}),
    }


def plain(words: str) -> OneLine:
    """Return a sentence of a page as a mail has it: what is quoted keeps its marks."""
    quoted = re.sub(r"<q\b[^>]*>", "“", words).replace("</q>", "”")
    return OneLine(Markup(quoted).striptags())  # noqa: S704


def as_moments(stored: dict[str, str]) -> dict[int, datetime]:
    """Return the moments that the payload of a job names, by the number of what is followed."""
    return {int(number): datetime.fromisoformat(since) for number, since in stored.items()}
