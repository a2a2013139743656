"""Views of pact."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.web.guard import public

bp = Blueprint("pact", __name__)


@bp.get("/groeipact")
@public()
def show() -> ResponseReturnValue:
    return render_template("register/home.html")
