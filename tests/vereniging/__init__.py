"""Tests of legal pages, settings and what machines ask."""
