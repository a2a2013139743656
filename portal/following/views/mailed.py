"""Behind the links in mails: confirming an address, how often, stopping, and taking that back.

The key in the address is the proof, so nobody signs in, and a mail program may press the button.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.commitments.asked import tag_choices
from portal.core.errors import LinkUnknown
from portal.following import actions, queries
from portal.following.asked import name_of, read_written
from portal.following.forms import AgainForm, ConfirmForm, RhythmForm, StopAllForm, StopForm
from portal.following.links import Stopped, read_stopped, token_of
from portal.following.models import Follow, Follower, FollowRequest
from portal.following.rhythms import Rhythm
from portal.following.views.blueprint import bp
from portal.following.views.showing import overview_page
from portal.web.guard import by_token, public
from portal.web.person import viewer


class Asked(NamedTuple):
    """What waits for its address to be confirmed."""

    request: FollowRequest
    name: str


class Theirs(NamedTuple):
    """The follower of a link, None who follows nothing any more, and its secret."""

    follower: Follower | None
    token: str


class Halted(NamedTuple):
    """What somebody stopped with, and the secret of the link that takes it back."""

    stopped: Stopped
    names: list[str]
    token: str


def _load_asked(token: str) -> Asked:
    found = queries.get_request(token)
    return Asked(found, name_of(read_written(found.what), tag_choices()))


def _load_theirs(token: str) -> Theirs:
    return Theirs(queries.find_follower(token), token)


def _load_halted(token: str) -> Halted:
    """Return what was stopped; LinkUnknown for a link that we did not make, or too long ago."""
    stopped = read_stopped(token)
    if stopped is None:
        raise LinkUnknown
    tags = tag_choices()
    names = [name_of(read_written(what), tags) for what, _rhythm, _since in stopped.follows]
    return Halted(stopped, names, token)


@bp.route("/volgen/bevestigen/<token>", methods=["GET", "POST"])
@by_token(
    load=_load_asked, form=ConfirmForm, page="following/confirm.html", limits=("link_address",)
)
def confirm(asked: Asked, _form: ConfirmForm) -> ResponseReturnValue:
    """Let the address follow what was asked, and show all that it follows."""
    follower = actions.confirm_following(asked.request)
    return _to_overview(follower, token_of(follower.code))


@bp.get("/volgen/overzicht/<token>")
@public(load=_load_theirs)
def overview(theirs: Theirs) -> ResponseReturnValue:
    """Everything that the address of a mail follows, without an account."""
    return overview_page("following/overview.html", theirs.follower, theirs.token)


@bp.post("/volgen/overzicht/<token>/ritme")
@by_token(load=_load_theirs, form=RhythmForm, limits=("link_address",))
def change_rhythm(theirs: Theirs, form: RhythmForm) -> ResponseReturnValue:
    """Let mail about one thing come more or less often."""
    follow = _find_one(theirs, form.follow.data)
    if follow is not None:
        actions.change_rhythm(follow, rhythm=Rhythm(form.rhythm.data))
    return _back(theirs, changed="ja")


@bp.post("/volgen/overzicht/<token>/stop")
@by_token(load=_load_theirs, form=StopForm, limits=("link_address",))
def stop(theirs: Theirs, form: StopForm) -> ResponseReturnValue:
    """Follow one thing no longer; the next page takes it back."""
    follow = _find_one(theirs, form.follow.data)
    if follow is None:
        return _back(theirs)
    return redirect(url_for("following.stopped", token=actions.stop_following(follow)), 303)


@bp.route("/volgen/stop/<token>", methods=["GET", "POST"])
@by_token(
    load=_load_theirs,
    form=StopAllForm,
    page="following/stop_all.html",
    limits=("link_address",),
)
def stop_all(theirs: Theirs, form: StopAllForm) -> ResponseReturnValue:
    """Follow nothing any more, with one press: also that of a mail program, which is not led on."""
    if theirs.follower is None:
        return render_template("following/stop_all.html", theirs=theirs, form=form)
    halted = _load_halted(actions.stop_all(theirs.follower))
    return render_template("following/stopped.html", halted=halted, form=form)


@bp.route("/volgen/gestopt/<token>", methods=["GET", "POST"])
@by_token(
    load=_load_halted, form=AgainForm, page="following/stopped.html", limits=("link_address",)
)
def stopped(halted: Halted, _form: AgainForm) -> ResponseReturnValue:
    """Say what is followed no longer, and follow it again with a button."""
    follower = actions.follow_again(halted.stopped)
    if follower is None:
        raise NotFound
    return _to_overview(follower, token_of(follower.code))


def _find_one(theirs: Theirs, follow_id: int | None) -> Follow | None:
    """Return one of what the follower of the link follows; None when that was stopped."""
    if theirs.follower is None:
        return None
    return queries.find_follow_by_id(theirs.follower, follow_id)


def _back(theirs: Theirs, *, changed: str | None = None) -> ResponseReturnValue:
    return _to_overview(theirs.follower, theirs.token, changed=changed)


def _to_overview(
    follower: Follower | None, token: str, *, changed: str | None = None
) -> ResponseReturnValue:
    """Lead to the page of all that is followed: in the account of whoever is signed in to it."""
    account_id = follower.account_id if follower is not None else None
    if account_id is not None and account_id == viewer().id:
        return redirect(url_for("following.mine", gewijzigd=changed), 303)
    return redirect(url_for("following.overview", token=token, gewijzigd=changed), 303)
