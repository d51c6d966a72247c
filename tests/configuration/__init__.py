"""Settings: places, marks, patterns, and what they do in a verification."""
