"""What every domain uses: history, decisions, events, jobs, upkeep, mail, files, keys, limits."""
