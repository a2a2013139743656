"""Accounts: who somebody is, their sessions and their role in the vereniging."""
