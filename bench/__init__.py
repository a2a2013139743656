"""A large database and the programs that measure the portal with it."""
