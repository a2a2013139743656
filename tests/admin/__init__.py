"""Tests of the beheerder's desk and what machines ask."""
