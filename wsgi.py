"""The only line that a server needs."""

from portal import create_app

app = create_app()
