/** Line icons on a 24-unit grid, drawn in the colour of the text beside them. */

const PATHS = {
  close: "M6 6l12 12M18 6L6 18",
  send: "M12 19V5.5M6 11l6-6 6 6",
  attach: "M19.5 11.5l-7.8 7.8a5 5 0 0 1-7-7l8.4-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.5a1.7 1.7 0 0 1-2.4-2.4l7.7-7.8",
  globe:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c2.5 2.6 3.7 5.6 3.7 9s-1.2 6.4-3.7 9c-2.5-2.6-3.7-5.6-3.7-9S9.5 5.6 12 3",
  bot: "M5 9.5h14v9H5zM12 9.5V5.5M12 5.5h.01M9 13.5v1.5M15 13.5v1.5M2.5 13v2.5M21.5 13v2.5",
  person: "M12 11.5a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4zM4.8 20c.6-3.6 3.5-5.6 7.2-5.6s6.6 2 7.2 5.6",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2",
  check: "M5 12.5l4.5 4.5L19 7.5",
  alert: "M12 4l9 16H3zM12 10v4.5M12 17.3h.01",
  pause: "M9 5.5v13M15 5.5v13",
  phone:
    "M6.5 4h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5v3c0 1-.8 1.8-1.8 1.8C11 19.3 4.7 13 4.7 5.8 4.7 4.8 5.5 4 6.5 4z",
  shield: "M12 3.5l7 2.5v5.5c0 4.3-2.9 7.4-7 9-4.1-1.6-7-4.7-7-9V6zM9 12l2.2 2.2L15.2 10",
  leave: "M14 4.5H6v15h8M11 12h9.5M17 8.5l3.5 3.5-3.5 3.5",
  file: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  star: "M12 3.8l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z",
  link: "M9.5 14.5l5-5M8 11l-2.3 2.3a3.5 3.5 0 0 0 5 5L13 16M16 13l2.3-2.3a3.5 3.5 0 0 0-5-5L11 8",
};

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
