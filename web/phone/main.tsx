/** The demo's telephone: dials the company from the browser and writes along what is said. */

import { render } from "preact";
import { Memory } from "../widget/core/memory";
import { Session } from "../widget/core/session";
import { shelfOr } from "../widget/core/shelf";
import { CustomerCall } from "../widget/phone/call";
import { nearestLocale } from "../widget/protocol";
import { PhonePage } from "./PhonePage";
import "../widget/panel/tokens.css";
import "./phone.css";

/** The line that the demo keeps for this page. */
const KEY = "onda-phone";

const memory = new Memory(
  shelfOr(() => sessionStorage),
  KEY,
);
const asked = new URLSearchParams(location.search).get("lang");
const locale = nearestLocale(asked) ?? nearestLocale(memory.locale) ?? nearestLocale(navigator.language) ?? "en";
const socketUrl = new URL("/ws/widget", location.href);
socketUrl.protocol = location.protocol === "https:" ? "wss:" : "ws:";
const session = new Session(KEY, socketUrl.href, locale, memory);
const call = new CustomerCall(session);
const root = document.getElementById("phone");
if (root !== null) render(<PhonePage session={session} call={call} />, root);
session.connect();
