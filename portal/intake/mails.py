"""Whom the acts on a file concern: nobody beside who does them.

What it brings in is told as any signature or promise is.
"""

from __future__ import annotations

from portal.lifecycle import LIFECYCLES
from portal.services.telling import NOBODY, told_of

WHO_IS_TOLD = told_of("intake", dict.fromkeys(LIFECYCLES["intake"], NOBODY))
