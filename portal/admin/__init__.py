"""Desk of the beheerder: what there is to look after, jobs that failed, and what machines ask."""
