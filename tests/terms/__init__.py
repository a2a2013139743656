"""Tests of portal/terms."""
