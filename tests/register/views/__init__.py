"""Tests of the pages of the register."""
