"""The version, here alone: packaging reads this file, and `--version` needs no metadata."""

VERSION = "0.1.0"
