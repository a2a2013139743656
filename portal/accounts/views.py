"""Views of accounts."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from portal.web.forms import ButtonForm
from portal.web.guard import public

bp = Blueprint("accounts", __name__)


@bp.get("/inloggen")
@public()
def sign_in() -> ResponseReturnValue:
    return render_template("register/home.html")


@bp.get("/registreren")
@public()
def register() -> ResponseReturnValue:
    return render_template("register/home.html")


@bp.get("/account")
@public()
def overview() -> ResponseReturnValue:
    return render_template("register/home.html")


@bp.post("/uitloggen")
@public(form=ButtonForm)
def sign_out(form: ButtonForm) -> ResponseReturnValue:
    return redirect("/")
