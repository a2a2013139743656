"""Views of commitments."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.web.guard import public

bp = Blueprint("commitments", __name__)


@bp.get("/toezeggingen")
@public()
def index() -> ResponseReturnValue:
    return render_template("register/home.html")
