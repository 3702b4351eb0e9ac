"""The graph: how it is built, validated, kept, and written as RDF."""
