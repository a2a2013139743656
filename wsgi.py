"""The only line that a server needs."""

from portal import create_app
from portal.core.private import keep_private

keep_private()
app = create_app()
