"""`python -m eval.bench DIR`."""

import sys

from eval.bench.asking import main

sys.exit(main())
