"""The organisations of the demo: what they are, their people, and how they describe themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select

from portal.accounts.addresses import address_key
from portal.core.db import db
from portal.core.markdown import render_typed
from portal.demo.numbers import numbers_of
from portal.demo.script import Act, Entry, moment, organisations, steps_of, table
from portal.demo.stage import Stage
from portal.organisations import actions, queries
from portal.organisations.facts import Facts
from portal.organisations.identity import identity_of
from portal.organisations.models import (
    AccessRequest,
    Arrival,
    IdentityProposal,
    Organisation,
    ProfileText,
)

MODERATOR = "hanneke"


def acts(now: datetime) -> Iterator[Act]:
    """Yield everything that happens to organisations, except to their signatures and promises."""
    for key, entry in organisations().items():
        made = moment(entry["at"], now)
        yield Act(made, partial(_make, key, entry))
        if "logo" in entry:
            yield Act(made + timedelta(minutes=12), partial(_set_logo, key, entry))
        for change in entry.get("renamed", ()):
            yield Act(moment(change["at"], now), partial(_propose_name, key, entry, change))
            if "taken_over" in change:
                yield Act(moment(change["taken_over"], now), partial(_place_name, key))
        if "frozen" in entry:
            yield Act(moment(entry["frozen"]["at"], now), partial(_freeze, key, entry["frozen"]))
        yield from _people(key, entry, now)
        yield from _profiles(key, entry, now)
        yield from _requests(key, entry, now)


def _facts(stage: Stage, entry: Entry) -> Facts:
    return Facts(
        name=entry["name"],
        kind_id=stage.kind_id(entry["kind"]),
        province=entry.get("province"),
        website=entry.get("website"),
        numbers=numbers_of(entry["number"], entry["kind"]) if "number" in entry else {},
    )


def _make(key: str, entry: Entry, stage: Stage) -> None:
    facts = _facts(stage, entry)
    is_fictional = entry.get("is_fictional", True)
    if "by" in entry:
        founder = stage.player(entry["by"])
        organisation = actions.create(facts, job_title=entry["job"], is_sure=True, by=founder)
        organisation.is_fictional = is_fictional
    else:
        moderator = stage.player(MODERATOR)
        organisation = actions.enter(facts, is_fictional=is_fictional, by=moderator)
    stage.keep(f"organisation:{key}", organisation)


def _of(stage: Stage, key: str) -> Organisation:
    return stage.find(Organisation, f"organisation:{key}")


def _set_logo(key: str, entry: Entry, stage: Stage) -> None:
    by = stage.player(entry.get("by", MODERATOR))
    actions.set_logo(_of(stage, key), stage.files[f"logo:{key}"], by=by)


def _freeze(key: str, frozen: Entry, stage: Stage) -> None:
    by = stage.player(frozen["by"])
    actions.freeze(_of(stage, key), ground=frozen["ground"], reason=frozen["reason"], by=by)


def _propose_name(key: str, entry: Entry, change: Entry, stage: Stage) -> None:
    organisation, by = _of(stage, key), stage.player(entry["by"])
    after = replace(identity_of(organisation), name=change["name"])
    day = date.fromisoformat(change["on"])
    proposal = actions.propose(organisation, after, renamed_on=day, note=change["note"], by=by)
    stage.keep(f"proposal:{key}", proposal)


def _place_name(key: str, stage: Stage) -> None:
    proposal = stage.find(IdentityProposal, f"proposal:{key}")
    actions.place_proposal(proposal, by=stage.player(MODERATOR))


def _people(key: str, entry: Entry, now: datetime) -> Iterator[Act]:
    for invite in entry.get("invitations", ()):
        at = moment(invite["at"], now)
        yield Act(at, partial(_invite, key, invite))
        for then, step in steps_of(invite, at, now):
            yield Act(then, partial(_answer_invitation, key, invite, step["do"]))
        if "seen" in invite:
            yield Act(moment(invite["seen"], now), partial(_see_arrival, key, invite))


def _see_arrival(key: str, invite: Entry, stage: Stage) -> None:
    query = select(Arrival).where(Arrival.organisation_id == _of(stage, key).id)
    arrival = db.session.scalars(query).one()
    actions.see_arrival(arrival, by=stage.player(invite["second"]))


def _address(invite: Entry) -> str:
    # The person who is invited may have no account yet.
    person = table("people").get(invite.get("person", ""))
    return str(person["email"] if person else invite["email"])


def _invite(key: str, invite: Entry, stage: Stage) -> None:
    by = stage.player(invite["by"])
    if "proof" in invite:
        # The first eigenaar: two people of the vereniging look.
        address = _address(invite)
        proposal = actions.propose_owner(
            _of(stage, key), email=address, proof=invite["proof"], by=by
        )
        actions.approve(proposal, by=stage.player(invite["second"]))
        return
    actions.invite(
        _of(stage, key),
        email=_address(invite),
        role=invite["role"],
        inviter=by.name,
        by=by,
    )


def _answer_invitation(key: str, invite: Entry, answer: str, stage: Stage) -> None:
    address = _address(invite)
    invitation = queries.find_open_invitation(_of(stage, key).id, address_key(address))
    if invitation is None:
        raise LookupError(f"{key}: no invitation to {address} is open")
    if answer == "revoke":
        actions.revoke(invitation, by=stage.player(invite["by"]))
        return
    guest = stage.player(invite["person"])
    actions.accept(invitation, email=address, job_title=invite["job"], by=guest)


def _profiles(key: str, entry: Entry, now: datetime) -> Iterator[Act]:
    for number, text in enumerate(entry.get("profiles", ())):
        at = moment(text["at"], now)
        name = f"profile:{key}:{number}"
        yield Act(at, partial(_describe, key, name, text))
        for then, step in steps_of(text, at, now):
            yield Act(then, partial(_decide_profile, name, text, step))


def _describe(key: str, name: str, text: Entry, stage: Stage) -> None:
    version = actions.describe(
        _of(stage, key),
        body=text["body"],
        html=render_typed(text["body"]),
        by=stage.player(text["by"]),
    )
    stage.keep(name, version)


DECISIONS: dict[str, Callable[..., None]] = {
    "ask_change": actions.ask_profile_change,
    "place": actions.place_profile,
    "refuse": actions.refuse_profile,
    "withdraw": actions.withdraw_profile,
}


def _decide_profile(name: str, text: Entry, step: Entry, stage: Stage) -> None:
    decide = DECISIONS[step["do"]]
    reasons = {word: step[word] for word in ("ground", "reason") if word in step}
    own = text["by"] if step["do"] == "withdraw" else MODERATOR
    decide(stage.find(ProfileText, name), **reasons, by=stage.player(step.get("by", own)))


def _requests(key: str, entry: Entry, now: datetime) -> Iterator[Act]:
    for number, request in enumerate(entry.get("requests", ())):
        at = moment(request["at"], now)
        name = f"request:{key}:{number}"
        yield Act(at, partial(_ask, key, name, request))
        for then, step in steps_of(request, at, now):
            yield Act(then, partial(_answer_request, name, step))


def _ask(key: str, name: str, request: Entry, stage: Stage) -> None:
    access_request = actions.ask_access(
        _of(stage, key),
        job_title=request["job"],
        message=request["message"],
        by=stage.player(request["by"]),
    )
    stage.keep(name, access_request)


def _answer_request(name: str, step: Entry, stage: Stage) -> None:
    request, by = stage.find(AccessRequest, name), stage.player(step["by"])
    if step["do"] == "grant":
        actions.grant(request, role=step["role"], by=by)
    elif step["do"] == "refuse":
        actions.refuse_access(request, reason=step["reason"], by=by)
    else:
        actions.take_back(request, by=by)
