"""Tests of portal/services."""
