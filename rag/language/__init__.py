"""How Vietnamese office staff write: syllables, accents, keystrokes, abbreviations, numbers, dates."""
