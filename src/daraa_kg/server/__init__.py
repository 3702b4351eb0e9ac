"""`daraa-kg serve`: a graph on the web, its resources as pages and its questions as SPARQL."""
