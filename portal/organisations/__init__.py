"""Organisations: kind, identifiers, names in time, profile texts, people and their roles."""
