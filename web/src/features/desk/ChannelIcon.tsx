/** The sign of a channel; its name is said next to it or to screen readers. */
import { Mail, MessageCircle, MessageSquare, Phone, Smartphone, Video } from "lucide-react";
import { lookup } from "@/i18n/t";

const ICONS = {
  webchat: MessageCircle,
  voice: Phone,
  email: Mail,
  video: Video,
  sms: Smartphone,
} as const;

export function ChannelIcon({ channel, size = 16 }: { channel: string; size?: number }) {
  const known = Object.entries(ICONS).find(([name]) => name === channel);
  const Icon = known ? known[1] : MessageSquare;
  return (
    <>
      <Icon size={size} aria-hidden="true" />
      <span className="visually-hidden">{lookup(`desk.channel.${channel}`) ?? channel}</span>
    </>
  );
}
