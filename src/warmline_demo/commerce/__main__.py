"""Run the shop's order system: `python -m warmline_demo.commerce --port 7790 --data DIR`."""

import argparse
import os
from pathlib import Path

import uvicorn

from warmline_demo.commerce import DEMO_API_KEY
from warmline_demo.commerce.faults import Faults
from warmline_demo.commerce.service import Shop
from warmline_demo.commerce.store import Store


def main() -> None:
    parser = argparse.ArgumentParser(prog="warmline_demo.commerce", description=__doc__)
    parser.add_argument("--port", type=int, default=7790)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--data", type=Path, required=True, help="directory of the shop's own database file")
    args = parser.parse_args()
    args.data.mkdir(parents=True, exist_ok=True)
    store = Store(args.data / "shop.sqlite3")
    shop = Shop(store, os.environ.get("WARMLINE_DEMO_SHOP_KEY", DEMO_API_KEY), Faults())
    print(f"commerce: open on http://{args.host}:{args.port}", flush=True)
    try:
        # uvicorn finishes running requests on SIGTERM
        uvicorn.run(shop.app(), host=args.host, port=args.port, log_level="warning", timeout_graceful_shutdown=3)
    finally:
        store.close()
        print("commerce: closed", flush=True)


if __name__ == "__main__":
    main()
