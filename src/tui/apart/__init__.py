"""Work that must not hold up the keys, or must be held in: done in a child process with limits."""
