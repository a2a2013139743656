"""The short address of what has a number, for letters and minutes."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.commitments.models import Commitment
from portal.policy import Permission
from portal.register.numbers import Citable, NumberedSignature, get_numbered
from portal.register.views.blueprint import bp
from portal.web.guard import requires


@bp.get("/t/<key>")
@requires(Permission.COMMITMENT_READ, load=get_numbered)
def numbered(thing: Citable) -> ResponseReturnValue:
    """Lead to the page of a promise, or to a signature on that of its organisation, for ever."""
    return redirect(_address(thing), 301)


def _address(thing: Citable) -> str:
    if isinstance(thing, NumberedSignature):
        anchor = f"ondertekening-{thing.id}"
        return url_for("register.signatory", slug=thing.organisation.slug, _anchor=anchor)
    assert isinstance(thing, Commitment)  # noqa: S101
    return url_for("commitments.show", slug=thing.slug)
