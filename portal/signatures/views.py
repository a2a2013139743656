"""Views of signatures."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.web.guard import public

bp = Blueprint("signatures", __name__)


@bp.get("/ondertekenen")
@public()
def start() -> ResponseReturnValue:
    return render_template("register/home.html")
