"""Where the places stand to which packages below may lead: only create_app knows them all."""

from __future__ import annotations

from collections.abc import Mapping

from portal.web.destinations import Destination

DESTINATIONS: Mapping[str, str] = {
    Destination.ABOUT_US: "register.claims",
    Destination.ABSENCES: "organisations.absences",
    Destination.CHANGES: "following.newest",
    Destination.CHANGES_FEED: "following.atom",
    Destination.CHECKLIST: "admin.checklist",
    Destination.COMMITMENTS: "commitments.index",
    Destination.COMPARE: "register.compare",
    Destination.DESK: "moderation.desk",
    Destination.FOLLOW: "following.follow",
    Destination.FOLLOWED: "following.mine",
    Destination.FREEZE: "moderation.freeze",
    Destination.HIDE: "moderation.hide",
    Destination.INTAKE: "intake.index",
    Destination.MANAGEMENT: "admin.administration",
    Destination.MY_COMMENTS: "comments.mine",
    Destination.MY_ORGANISATIONS: "organisations.index",
    Destination.MY_WORK: "work.mine",
    Destination.NUMBERED: "register.numbered",
    Destination.OPEN_DATA: "opendata.show",
    Destination.ORGANISATION: "register.organisation",
    Destination.ORGANISATION_WORK: "work.organisation",
    Destination.RAPPEL_ANSWER: "rappels.answer",
    Destination.RAPPELS: "rappels.index",
    Destination.RESTORE: "moderation.restore",
    Destination.SECOND_FACTOR: "accounts.set_factor",
    Destination.SIGN_IN: "accounts.sign_in",
    Destination.SIGN_PACT: "signatures.start",
    Destination.SIGNATORIES: "register.signatories",
    Destination.SIGNATORY: "register.signatory",
    Destination.TIMELINE: "overview.timeline",
    Destination.UNFREEZE: "moderation.unfreeze",
    Destination.WHERE_WE_STAND: "overview.show",
}
