"""Tests of what all rooms of one name have in common."""
