"""Beginning to follow: what, how often and to which address; and the page of one's own."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.accounts.queries import get_account
from portal.accounts.sessions import signed_in_viewer
from portal.commitments.asked import tag_choices
from portal.commitments.queries.listing import find_organisation_name
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.following import actions, queries
from portal.following.asked import filters_of, name_of, written
from portal.following.forms import FollowForm
from portal.following.links import token_of
from portal.following.queries import ChangeFilter
from portal.following.rhythms import Rhythm
from portal.following.views.blueprint import bp
from portal.following.views.showing import overview_page
from portal.policy import Permission
from portal.web.guard import public, requires
from portal.web.limiting import Limit, Moment, by_client
from portal.web.person import viewer

MAILED_TO = "follow_mailed_to"


def _load_asked() -> ChangeFilter:
    """Return the filter in the address, or 404 where it names what is not public."""
    filters = filters_of(request.args, tag_choices())
    if filters.organisation and find_organisation_name(filters.organisation) is None:
        raise NotFound
    if filters.commitment and queries.find_commitment_title(filters.commitment) is None:
        raise NotFound
    return filters


def _asked(filters: ChangeFilter, form: FollowForm) -> dict[str, object]:
    """Return what the page says of what is to be followed, and how it is followed already."""
    known = _known(written(filters))
    if known is not None and form.rhythm.raw_data is None:
        form.rhythm.data = str(known)
    return {"name": name_of(filters, tag_choices()), "is_followed": known is not None}


def _known(what: str) -> Rhythm | None:
    person = viewer()
    follower = queries.follower_of(person.id) if person.id is not None else None
    follow = queries.find_follow(follower, what) if follower is not None else None
    return follow.rhythm if follow is not None else None


def _typed_address(form: FollowForm) -> str | None:
    return form.address


@bp.route("/volgen", methods=["GET", "POST"])
@public(
    load=_load_asked,
    form=FollowForm,
    page="following/follow.html",
    context=_asked,
    limits=(
        Limit("follow_address", by_client, Moment.HOLDS),
        Limit("follow_email", _typed_address, Moment.HOLDS, is_quiet=True),
    ),
)
def follow(filters: ChangeFilter, form: FollowForm) -> ResponseReturnValue:
    """Follow what the address names; without an account after a mail, the same for everybody."""
    what, rhythm = written(filters), Rhythm(form.rhythm.data)
    if "email" not in form:
        actions.follow(account=_own_account(), what=what, rhythm=rhythm)
        flash(_("U volgt nu: %(name)s.", name=name_of(filters, tag_choices())), "ok")
        return redirect(url_for("following.mine"), 303)
    if "follow_email" not in form.used_up:
        locale = current_locale()
        actions.ask_to_follow(email=form.email.data, what=what, rhythm=rhythm, locale=locale)
    session[MAILED_TO] = form.email.data
    return redirect(url_for("following.mailed"), 303)


def _own_account() -> Account:
    return get_account(signed_in_viewer().id)


@bp.get("/volgen/mail")
@public()
def mailed() -> ResponseReturnValue:
    """Say that there is mail; the same for everybody."""
    return render_template("following/mailed.html", mailed_to=session.get(MAILED_TO))


@bp.get("/account/volgen")
@requires(Permission.ACCOUNT_EDIT)
def mine() -> ResponseReturnValue:
    """Everything that one follows with an account."""
    follower = queries.follower_of(signed_in_viewer().id)
    token = token_of(follower.code) if follower is not None else ""
    return overview_page("following/mine.html", follower, token)
