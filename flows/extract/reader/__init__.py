"""The learned reader: the network, its windows, and what it says of each word."""
