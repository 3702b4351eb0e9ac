"""The graph for the tools of others: tables, workbooks, maps and codebooks."""
