"""Stories over both apps: real processes, real files, a real browser."""
