"""Why a fact is in the graph, and all that the graph says of a thing."""
