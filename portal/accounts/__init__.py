"""Accounts: people with an e-mail address, their sessions, their roles in the vereniging."""
