"""The server extension: verifications as jobs, behind thin handlers."""
