"""Desk of the beheerder: what the vereniging brings in from a spreadsheet, looked at first."""
