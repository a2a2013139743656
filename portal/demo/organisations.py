"""The organisations of the demo: what they are, who belongs to them, how they describe it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from portal.accounts.addresses import address_key
from portal.core.markdown import render
from portal.demo.numbers import numbers_of
from portal.demo.script import Act, Words, moment, organisations, steps_of, table
from portal.demo.stage import Stage
from portal.organisations import actions, queries
from portal.organisations.facts import Facts
from portal.organisations.models import AccessRequest, Organisation, ProfileText

MODERATOR = "hanneke"


def acts(now: datetime) -> Iterator[Act]:
    """Yield everything that happens to organisations, their signatures and promises apart."""
    for key, said in organisations().items():
        made = moment(said["at"], now)
        yield Act(made, partial(_make, key, said))
        if "logo" in said:
            yield Act(made + timedelta(minutes=12), partial(_set_logo, key, said))
        for change in said.get("renamed", ()):
            yield Act(moment(change["at"], now), partial(_rename, key, said, change))
        yield from _people(key, said, now)
        yield from _profiles(key, said, now)
        yield from _requests(key, said, now)


def _facts(stage: Stage, said: Words) -> Facts:
    return Facts(
        name=said["name"],
        kind_id=stage.kind_id(said["kind"]),
        province=said.get("province"),
        website=said.get("website"),
        numbers=numbers_of(said["number"], said["kind"]) if "number" in said else {},
    )


def _make(key: str, said: Words, stage: Stage) -> None:
    facts = _facts(stage, said)
    is_fictional = said.get("is_fictional", True)
    if "by" in said:
        founder = stage.player(said["by"])
        organisation = actions.create(facts, job_title=said["job"], is_sure=True, by=founder)
        organisation.is_fictional = is_fictional
    else:
        moderator = stage.player(MODERATOR)
        organisation = actions.enter(facts, is_fictional=is_fictional, by=moderator)
    stage.keep(f"organisation:{key}", organisation)


def _of(stage: Stage, key: str) -> Organisation:
    return stage.find(Organisation, f"organisation:{key}")


def _set_logo(key: str, said: Words, stage: Stage) -> None:
    by = stage.player(said.get("by", MODERATOR))
    actions.set_logo(_of(stage, key), stage.files[f"logo:{key}"], by=by)


def _rename(key: str, said: Words, change: Words, stage: Stage) -> None:
    facts = replace(_facts(stage, said), name=change["name"])
    by = stage.player(said["by"])
    actions.edit(_of(stage, key), facts, renamed_on=date.fromisoformat(change["on"]), by=by)


def _people(key: str, said: Words, now: datetime) -> Iterator[Act]:
    for invite in said.get("invitations", ()):
        at = moment(invite["at"], now)
        yield Act(at, partial(_invite, key, invite))
        for then, step in steps_of(invite, at, now):
            yield Act(then, partial(_answer_invitation, key, invite, step["do"]))


def _address(invite: Words) -> str:
    # Who is invited may have no account yet.
    person = table("people").get(invite.get("person", ""))
    return str(person["email"] if person else invite["email"])


def _invite(key: str, invite: Words, stage: Stage) -> None:
    by = stage.player(invite["by"])
    actions.invite(
        _of(stage, key),
        email=_address(invite),
        role=invite["role"],
        inviter=by.name,
        by=by,
    )


def _answer_invitation(key: str, invite: Words, answer: str, stage: Stage) -> None:
    address = _address(invite)
    found = queries.find_open_invitation(_of(stage, key).id, address_key(address))
    if found is None:
        raise LookupError(f"{key}: no invitation to {address} is open")
    if answer == "revoke":
        actions.revoke(found, by=stage.player(invite["by"]))
        return
    guest = stage.player(invite["person"])
    actions.accept(found, email=address, job_title=invite["job"], by=guest)


def _profiles(key: str, said: Words, now: datetime) -> Iterator[Act]:
    for place, text in enumerate(said.get("profiles", ())):
        at = moment(text["at"], now)
        name = f"profile:{key}:{place}"
        yield Act(at, partial(_describe, key, name, text))
        for then, step in steps_of(text, at, now):
            yield Act(then, partial(_decide_profile, name, text, step))


def _describe(key: str, name: str, text: Words, stage: Stage) -> None:
    version = actions.describe(
        _of(stage, key), body=text["body"], html=render(text["body"]), by=stage.player(text["by"])
    )
    stage.keep(name, version)


DECISIONS: dict[str, Callable[..., None]] = {
    "ask_change": actions.ask_profile_change,
    "place": actions.place_profile,
    "refuse": actions.refuse_profile,
    "withdraw": actions.withdraw_profile,
}


def _decide_profile(name: str, text: Words, step: Words, stage: Stage) -> None:
    decide = DECISIONS[step["do"]]
    why = {word: step[word] for word in ("ground", "reason") if word in step}
    own = text["by"] if step["do"] == "withdraw" else MODERATOR
    decide(stage.find(ProfileText, name), **why, by=stage.player(step.get("by", own)))


def _requests(key: str, said: Words, now: datetime) -> Iterator[Act]:
    for place, request in enumerate(said.get("requests", ())):
        at = moment(request["at"], now)
        name = f"request:{key}:{place}"
        yield Act(at, partial(_ask, key, name, request))
        for then, step in steps_of(request, at, now):
            yield Act(then, partial(_answer_request, name, step))


def _ask(key: str, name: str, request: Words, stage: Stage) -> None:
    asked = actions.ask_access(
        _of(stage, key),
        job_title=request["job"],
        message=request["message"],
        by=stage.player(request["by"]),
    )
    stage.keep(name, asked)


def _answer_request(name: str, step: Words, stage: Stage) -> None:
    request, by = stage.find(AccessRequest, name), stage.player(step["by"])
    if step["do"] == "grant":
        actions.grant(request, role=step["role"], by=by)
    elif step["do"] == "refuse":
        actions.refuse_access(request, reason=step["reason"], by=by)
    else:
        actions.take_back(request, by=by)
