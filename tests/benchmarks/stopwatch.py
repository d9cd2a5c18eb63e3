"""Runs a command; writes to a file its seconds, its processors', its largest MiB, its status.

A program of its own, and a small one: a process begins with the memory of whoever started it.
"""

import resource
import subprocess
import sys
import time

begun = time.perf_counter()
ended = subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
seconds = time.perf_counter() - begun
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as told:
    processors = used.ru_utime + used.ru_stime
    told.write(f"{seconds} {processors} {used.ru_maxrss / 1024} {ended.returncode}")
