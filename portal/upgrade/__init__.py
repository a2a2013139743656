"""Brings the database to the newest schema, and says beforehand and afterwards what it does."""
