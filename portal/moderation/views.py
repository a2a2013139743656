"""Views of moderation."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.web.guard import public

bp = Blueprint("moderation", __name__)


@bp.get("/werkvoorraad")
@public()
def desk() -> ResponseReturnValue:
    return render_template("register/home.html")
