"""Views of news."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.web.guard import public

bp = Blueprint("news", __name__)


@bp.get("/nieuws")
@public()
def index() -> ResponseReturnValue:
    return render_template("register/home.html")
