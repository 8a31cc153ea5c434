"""One semantic answer as the messages of a messenger, within its limits. Plain text only, so there is nothing to escape."""
