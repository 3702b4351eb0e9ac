"""What people write in statements.yaml: read, checked, and made into JSON-LD."""
