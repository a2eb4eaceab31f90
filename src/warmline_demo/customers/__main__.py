"""Run the simulated customers: `python -m warmline_demo.customers --url ws://… --control http://… --phone http://…`."""

import argparse

from warmline_demo.customers.crowd import Crowd
from warmline_demo.process import run_until_told, say


def main() -> None:
    parser = argparse.ArgumentParser(prog="warmline_demo.customers", description=__doc__)
    parser.add_argument("--url", required=True, help="the widget's WebSocket")
    parser.add_argument("--key", default="onda-demo", help="the widget's key")
    parser.add_argument("--control", required=True, help="where the pause switch is; also the page's origin")
    parser.add_argument("--phone", required=True, help="where the fake phones are: the shop's order system")
    parser.add_argument("--rate", type=float, default=4.0, help="customers a minute")
    parser.add_argument("--seed", type=int, default=None, help="the same seed sends the same people")
    args = parser.parse_args()
    crowd = Crowd(args.url, args.key, args.control, args.phone, args.rate, args.seed, say)
    run_until_told(crowd.run(), f"customers: {args.rate:g} a minute to {args.url}")
    say("customers: gone home")


if __name__ == "__main__":
    main()
