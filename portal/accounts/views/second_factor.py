"""One's own second factor: a telephone, recovery codes, and turning it off."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import actions
from portal.accounts.codes import in_groups, new_secret, qr_picture, set_up_address
from portal.accounts.forms import RenewCodesForm, SetFactorForm, TurnOffForm
from portal.accounts.models import Account
from portal.accounts.queries.second_factor import find_factor, recovery_codes_left
from portal.accounts.sessions import signed_in_viewer
from portal.accounts.views.blueprint import bp, own_account
from portal.accounts.views.own import prove_own
from portal.accounts.views.tries import OWN_PASSWORD
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.log import event
from portal.core.sealing import SealBroken, seal, unseal
from portal.lifecycle import step_of
from portal.policy import Permission
from portal.services.vereniging import current_vereniging
from portal.web.guard import requires
from portal.web.limiting import Limit, Moment, by_account
from portal.web.person import viewer

# The name in the browser's session of the secret that is being set up, and what it is sealed for.
SECRET = "new_telephone"  # noqa: S105
PURPOSE = "new telephone"
TRIES = (
    Limit("code_account", by_account, Moment.PROVEN),
    Limit("code_day_account", by_account, Moment.PROVEN),
)


@bp.get("/account/twee-stappen")
@requires(Permission.ACCOUNT_EDIT, load=own_account)
def second_factor(account: Account) -> ResponseReturnValue:
    """Show whether a code is asked, since when, and how many recovery codes are left."""
    return render_template(
        "accounts/second_factor.html",
        account=account,
        factor=find_factor(account.id),
        left=recovery_codes_left(account.id),
        must_have=actions.must_have_factor(account),
    )


def _new_secret(account: Account) -> str:
    """Return the secret that this browser is setting up: the same until that is done."""
    try:
        return unseal(session.get(SECRET, ""), purpose=PURPOSE, owner=account.id).text
    except SealBroken:
        secret = new_secret()
        session[SECRET] = seal(secret, purpose=PURPOSE, owner=account.id)
        return secret


def _drawn(account: Account, _form: SetFactorForm) -> dict[str, object]:
    secret = _new_secret(account)
    site = current_vereniging(current_locale()).site_name
    address = set_up_address(secret, account=account.email, site=site)
    return {
        "must_have": actions.must_have_factor(account),
        "qr": qr_picture(address),
        "address": address,
        "secret": in_groups(secret),
    }


@bp.route("/account/twee-stappen/telefoon", methods=["GET", "POST"])
@requires(
    step_of("account", "second_factor_set"),
    load=own_account,
    form=SetFactorForm,
    page="accounts/set_factor.html",
    context=_drawn,
    work=prove_own,
    limits=(OWN_PASSWORD, *TRIES),
)
def set_factor(account: Account, form: SetFactorForm) -> ResponseReturnValue:
    """Set up a telephone, or another one; the page shows its recovery codes once."""
    fresh = actions.set_factor(
        account,
        secret=_new_secret(account),
        code=form.code.data,
        old_code=form.typed_old_code,
        by=viewer(),
        here=signed_in_viewer().session_id,
    )
    session.pop(SECRET, None)
    event("second_factor_set", account=account.id)
    return render_template("accounts/recovery_codes.html", codes=fresh, is_new=True, back=form.back)


@bp.route("/account/twee-stappen/herstelcodes", methods=["GET", "POST"])
@requires(
    step_of("account", "recovery_codes_renewed"),
    load=own_account,
    form=RenewCodesForm,
    page="accounts/renew_codes.html",
    work=prove_own,
    limits=(OWN_PASSWORD, *TRIES),
)
def renew_codes(account: Account, form: RenewCodesForm) -> ResponseReturnValue:
    """Make fresh recovery codes; the page shows them once."""
    fresh = actions.renew_codes(account, code=form.code.data, by=viewer())
    event("recovery_codes_renewed", account=account.id)
    return render_template("accounts/recovery_codes.html", codes=fresh, is_new=False, back=None)


@bp.route("/account/twee-stappen/uitzetten", methods=["GET", "POST"])
@requires(
    step_of("account", "second_factor_off"),
    load=own_account,
    form=TurnOffForm,
    page="accounts/turn_off_factor.html",
    limits=TRIES,
)
def turn_off_factor(account: Account, form: TurnOffForm) -> ResponseReturnValue:
    """Ask no code any more."""
    actions.turn_off_factor(account, code=form.code.data, by=viewer())
    event("second_factor_off", account=account.id)
    flash(_("Inloggen in twee stappen staat uit. Uw wachtwoord is voortaan genoeg."), "ok")
    return redirect(url_for("accounts.second_factor"))
