/** Every text key there is, by feature. A new catalog file needs one import and one line here. */
import type admin from "./en/admin.json";
import type board from "./en/board.json";
import type callbacks from "./en/callbacks.json";
import type calls from "./en/calls.json";
import type composer from "./en/composer.json";
import type customers from "./en/customers.json";
import type designer from "./en/designer.json";
import type desk from "./en/desk.json";
import type emergency from "./en/emergency.json";
import type guides from "./en/guides.json";
import type inspector from "./en/inspector.json";
import type journeys from "./en/journeys.json";
import type ledger from "./en/ledger.json";
import type lines from "./en/lines.json";
import type messages from "./en/messages.json";
import type reasons from "./en/reasons.json";
import type reports from "./en/reports.json";
import type search from "./en/search.json";
import type session from "./en/session.json";
import type shell from "./en/shell.json";
import type simulator from "./en/simulator.json";
import type staffing from "./en/staffing.json";
import type telephone from "./en/telephone.json";
import type thread from "./en/thread.json";
import type timeline from "./en/timeline.json";
import type ui from "./en/ui.json";
import type versions from "./en/versions.json";
import type watch from "./en/watch.json";
import type whatif from "./en/whatif.json";

type Of<Feature extends string, Catalog> = `${Feature}.${Extract<keyof Catalog, string>}`;

export type Key =
  | Of<"admin", typeof admin>
  | Of<"board", typeof board>
  | Of<"callbacks", typeof callbacks>
  | Of<"calls", typeof calls>
  | Of<"composer", typeof composer>
  | Of<"customers", typeof customers>
  | Of<"designer", typeof designer>
  | Of<"desk", typeof desk>
  | Of<"emergency", typeof emergency>
  | Of<"guides", typeof guides>
  | Of<"inspector", typeof inspector>
  | Of<"journeys", typeof journeys>
  | Of<"ledger", typeof ledger>
  | Of<"lines", typeof lines>
  | Of<"messages", typeof messages>
  | Of<"reasons", typeof reasons>
  | Of<"reports", typeof reports>
  | Of<"search", typeof search>
  | Of<"session", typeof session>
  | Of<"shell", typeof shell>
  | Of<"simulator", typeof simulator>
  | Of<"staffing", typeof staffing>
  | Of<"telephone", typeof telephone>
  | Of<"thread", typeof thread>
  | Of<"timeline", typeof timeline>
  | Of<"ui", typeof ui>
  | Of<"versions", typeof versions>
  | Of<"watch", typeof watch>
  | Of<"whatif", typeof whatif>;
