"""The settings of the running portal, for every module that needs one of them."""

from __future__ import annotations

from portal.config import Settings
from portal.core.db import Bound

settings: Bound[Settings] = Bound("settings")
