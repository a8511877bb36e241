"""Notices (通报): drafted by editors, checked, released by somebody else, put right in the open."""
