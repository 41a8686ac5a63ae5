"""Hỏi beside other libraries: the same passages, the same questions, the same vectors, one interleaved run."""
