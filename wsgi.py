"""The only line that a server needs."""

from portal import create_app
from portal.core.private import keep_private
from portal.core.terminal import speak_utf8

keep_private()
speak_utf8()
app = create_app()
