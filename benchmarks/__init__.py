"""Figures of Pressmark, each beside something bare that runs in turn with it in the same run."""
