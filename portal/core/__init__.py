"""What everything stands on: database, errors, language and clock."""
