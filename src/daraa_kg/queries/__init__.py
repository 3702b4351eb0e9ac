"""The questions of the folder `queries/`, SPARQL, and the answers."""
