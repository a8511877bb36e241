"""The public site's addresses: GET shows, POST does."""
