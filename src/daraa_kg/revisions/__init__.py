"""What differs between two revisions of an article, and between two graphs."""
