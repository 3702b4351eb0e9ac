"""The article as text: its parts, passages, sentences and words, its numbers and dates."""
