"""What a reader asks of a war: the casualty ledger, accounts, truces, and gaps."""
