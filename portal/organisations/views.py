"""Views of organisations."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.web.guard import public

bp = Blueprint("organisations", __name__)


@bp.get("/organisaties")
@public()
def index() -> ResponseReturnValue:
    return render_template("register/home.html")
