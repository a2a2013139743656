"""Who wrote what people comment on, where that is nobody's organisation."""

from __future__ import annotations

from collections.abc import Callable

from portal.accounts.models import Account
from portal.core.db import Bound

# Returns who wrote what is discussed in the discussion with this number, and still may: None
# where it is the page of an organisation, and where nobody is left.
host_of: Bound[Callable[[int], Account | None]] = Bound("host_of")
