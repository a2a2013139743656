"""What waits for somebody, in a number of queries that does not grow."""
