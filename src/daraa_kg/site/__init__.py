"""The page: a graph as one file with its timeline, map, network, article and questions."""
