/** The rooms beside the canvas, in the order of their tabs; each is fetched when it is first opened. */
import {
  Activity,
  FlaskConical,
  History,
  MessagesSquare,
  Scale,
  ShieldCheck,
  SlidersHorizontal,
} from "lucide-react";
import { lazy } from "@/app/fetching";
import { REASONS } from "@/i18n/reasons";
import { withTexts } from "@/i18n/t";
import type { Pane } from "./seams";

export const PANES: readonly Pane[] = [
  {
    id: "inspector",
    title: "inspector.pane",
    icon: SlidersHorizontal,
    page: lazy(() => import("./inspector/InspectorPane")),
  },
  {
    id: "problems",
    title: "designer.pane.problems",
    icon: ShieldCheck,
    page: lazy(() => import("./problems/ProblemsPane")),
  },
  {
    id: "simulator",
    title: "simulator.title",
    icon: MessagesSquare,
    page: lazy(() => import("./simulator/SimulatorPane")),
  },
  {
    id: "suites",
    title: "simulator.suites",
    icon: FlaskConical,
    page: lazy(() => import("./suites/SuitesPane")),
  },
  {
    id: "versions",
    title: "versions.title",
    icon: History,
    page: lazy(() => import("./versions/VersionsPane")),
  },
  {
    id: "watch",
    title: "watch.title",
    icon: Activity,
    page: lazy(() => import("./watch/WatchPane")),
  },
  {
    id: "experiment",
    title: "designer.pane.experiment",
    icon: Scale,
    page: lazy(() => withTexts(REASONS, import("./experiment/ExperimentPane"))),
  },
];
