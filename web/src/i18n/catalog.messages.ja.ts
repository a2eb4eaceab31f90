/** The texts of the list of messages left by telephone, and of calls, whose recordings it plays. */
export default import.meta.glob<Record<string, string>>(["./ja/messages.json", "./ja/calls.json"], {
  eager: true,
  import: "default",
});
