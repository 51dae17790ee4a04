"""Where the analyst is in an article: motions, ranges, what the next action acts on."""
