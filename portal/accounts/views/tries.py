"""What guessing a password is limited by: only tries that turn out wrong use it up."""

from __future__ import annotations

from collections.abc import Callable

from portal.accounts.addresses import address_key
from portal.accounts.forms import SignInForm
from portal.core.pseudonyms import pseudonym
from portal.web.limiting import Limit, Moment, by_account, by_client, for_all
from portal.web.log import note_refusal

# Says that a mailed link is a way in, too: so nobody can keep others out by guessing.
PAGE = "sign_in"


def note_wrong_password(email: str) -> None:
    """Say in the log that a wrong password was typed, for whom under the name of the day."""
    note_refusal("wrong_password", address=pseudonym("address", address_key(email)))


def _tried(form: SignInForm) -> str:
    return address_key(form.typed_address)


def _known(form: SignInForm) -> str | None:
    """Count by the account and the browser, where that signed in to it before."""
    return f"{form.known_mark} {_tried(form)}" if form.known_mark else None


def _unknown(key: Callable[[SignInForm], str]) -> Callable[[SignInForm], str | None]:
    """Count by `key` what comes from any other browser: what those do shuts no known one out."""
    return lambda form: None if form.known_mark else key(form)


SIGN_IN = (
    Limit("sign_in_known", _known, Moment.TRIES, page=PAGE),
    Limit(
        "sign_in_pair",
        _unknown(lambda form: f"{by_client(form)} {_tried(form)}"),
        Moment.TRIES,
        page=PAGE,
    ),
    Limit("sign_in_address", _unknown(by_client), Moment.TRIES, page=PAGE),
    Limit("sign_in_account", _unknown(_tried), Moment.TRIES, page=PAGE),
    Limit("sign_in_all", _unknown(for_all), Moment.TRIES, page=PAGE),
)

# Of whoever is signed in, and is asked for the password once more.
OWN_PASSWORD = Limit("password_account", by_account, Moment.TRIES)
