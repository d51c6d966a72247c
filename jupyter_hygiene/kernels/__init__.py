"""Kernels to replay in: the server's own kernel manager, and a local one for the command line."""
