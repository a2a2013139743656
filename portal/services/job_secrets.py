"""Links and addresses in the payloads of jobs: a job that waits has them, no other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.core.mail_addresses import short_mail_address

# What payloads call the secret of a link, and the path that may hold another: a job that waits has
# them, one that is done or parked does not.
TOKEN, WAY_BACK = "token", "back"


def without_secrets(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a payload without the links in it; `lost_link` where it is nothing without them."""
    kept: dict[str, Any] = {}
    for name, value in payload.items():
        if isinstance(value, Mapping):
            inner = without_secrets(value)
            if inner.pop("lost_link", False):
                kept["lost_link"] = True
            kept[name] = inner
        elif name == TOKEN and value:
            kept["lost_link"] = True
        else:
            kept[name] = None if name == WAY_BACK else value
    return kept


def told_of_mail(payload: Mapping[str, Any]) -> dict[str, str | None]:
    """Return what stays known of a mail: which one it is, and its address in short."""
    address, template = payload.get("to"), payload.get("template")
    recipient = payload.get("shown_to") or (short_mail_address(str(address)) if address else None)
    return {"template": template, "recipient": recipient if template else None}
