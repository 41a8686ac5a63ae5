"""Other libraries, each used as its documentation says and kept on disk where it can be, in its own environment."""
