"""Stores that a graph is put into and asked in: an embedded one on disk, and servers far away."""
