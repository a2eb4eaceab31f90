/** Where the ring is heard: loudspeaker or headset. */
import { useEffect, useState } from "react";
import { setPreferences, usePreferences } from "@/app/preferences";
import { unlockSound } from "@/app/ring";
import { useT } from "@/i18n/t";
import { Select } from "@/ui/Select";

export function RingDevice() {
  const t = useT();
  const { ringDevice } = usePreferences();
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    const list = () =>
      navigator.mediaDevices
        ?.enumerateDevices()
        .then((all) => setDevices(all.filter((each) => each.kind === "audiooutput" && each.deviceId)));
    void list();
    navigator.mediaDevices?.addEventListener("devicechange", list);
    return () => navigator.mediaDevices?.removeEventListener("devicechange", list);
  }, []);
  const others = devices.filter((each) => each.deviceId !== "default");
  return (
    <Select
      label={t("session.ring_device")}
      items={[
        { id: "default", label: t("session.ring_default") },
        ...others.map((each, index) => ({
          id: each.deviceId,
          label: each.label || t("session.ring_unnamed", { number: index + 1 }),
        })),
      ]}
      value={ringDevice || "default"}
      onChange={(id) => {
        const device = id === "default" ? "" : id;
        setPreferences({ ringDevice: device });
        void unlockSound(device);
      }}
    />
  );
}
