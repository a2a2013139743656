"""What an organisation says of who it is, on its way from a form to its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Facts:
    """Name, kind and numbers; `numbers` maps kvk, rsin, oin, cbs or tooi to what is stored."""

    name: str
    kind_id: int
    province: str | None = None
    website: str | None = None
    # Only used without a website: its domain comes first.
    mail_domain: str | None = None
    numbers: Mapping[str, str | None] = field(default_factory=dict)
