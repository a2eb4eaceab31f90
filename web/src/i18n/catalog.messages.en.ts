/** The texts of the list of messages left by telephone, and of calls, whose recordings it plays. */
export default import.meta.glob<Record<string, string>>(["./en/messages.json", "./en/calls.json"], {
  eager: true,
  import: "default",
});
