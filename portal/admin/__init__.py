"""Desk of the beheerder: the overview, failed jobs, and the addresses that machines read."""
