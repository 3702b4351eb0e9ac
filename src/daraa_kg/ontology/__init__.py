"""The vocabulary and the rules of the folder `ontology/`, and what the rules prove."""
