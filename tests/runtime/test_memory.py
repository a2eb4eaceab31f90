import subprocess
import sys

TAKE = """
from warmline.runtime.memory import MEGABYTE, limit_memory
limit_memory(64 * MEGABYTE)
few = bytearray(16 * MEGABYTE)
try:
    bytearray(256 * MEGABYTE)
except MemoryError:
    print("enough", len(few) // MEGABYTE)
"""


def test_a_process_gets_the_memory_it_may_have_and_no_more():
    ended = subprocess.run([sys.executable, "-c", TAKE], capture_output=True, text=True, check=True)
    assert ended.stdout == "enough 16\n"
