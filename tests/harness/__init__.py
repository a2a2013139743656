"""What the tests stand on: databases, a client, a mail server, a browser, a served portal."""
