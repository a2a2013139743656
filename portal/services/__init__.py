"""What every domain uses: the mover of states, jobs, mail, kept files, one-time keys."""
