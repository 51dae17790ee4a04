"""Pressmark: a reading desk in the terminal for analysts of the news."""
