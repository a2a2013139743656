"""What everything stands on: database, settings, errors, language, words, pages of lists, clock."""
