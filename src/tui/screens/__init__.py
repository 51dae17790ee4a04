"""The reading desk's one main screen and its modes, the codebook and the help."""
