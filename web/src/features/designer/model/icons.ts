/** A picture for each kind of step. */
import {
  ArrowRightLeft,
  Bell,
  CirclePlay,
  Clock,
  CornerDownRight,
  CornerUpLeft,
  Database,
  Flag,
  GitBranch,
  Link2,
  ListTree,
  type LucideIcon,
  MessageCircle,
  MessageCircleQuestionMark,
  PanelTop,
  Phone,
  Puzzle,
  ShieldCheck,
  Square,
  Star,
  Tag,
  UsersRound,
  Variable,
  Voicemail,
} from "lucide-react";

const ICONS: Readonly<Record<string, LucideIcon>> = {
  say: MessageCircle,
  ask: MessageCircleQuestionMark,
  menu: ListTree,
  when: GitBranch,
  set: Variable,
  reason: Tag,
  invoke: Database,
  verify: ShieldCheck,
  hours: Clock,
  announce: Bell,
  enqueue: UsersRound,
  callback: Phone,
  transfer: ArrowRightLeft,
  call: Puzzle,
  return: CornerUpLeft,
  survey: Star,
  end: Flag,
  goto: CornerDownRight,
  voicemail: Voicemail,
  send_link: Link2,
  show: PanelTop,
};

export function iconOf(kind: string): LucideIcon {
  return ICONS[kind] ?? Square;
}

export { CirclePlay as StartIcon };
