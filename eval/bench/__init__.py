"""Speed and memory: of the assistant (`python -m eval.bench`), and beside other libraries (`eval.bench.peers`)."""
