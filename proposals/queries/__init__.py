"""What the screens show, fetched in a fixed number of queries and ready to print."""
