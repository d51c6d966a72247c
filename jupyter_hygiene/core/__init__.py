"""The subject itself: notebooks, replay, comparison and verdicts, free of servers and sockets."""
