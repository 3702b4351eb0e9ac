"""The graph as networks: who is tied to whom, and how."""
