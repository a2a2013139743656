"""Desk "Mijn werk": what waits for somebody, the most urgent first."""
