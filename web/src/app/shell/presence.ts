/** Why an agent is away; their names are `shell.reason.<reason>`. */
export const AWAY_REASONS = ["break", "lunch", "meeting", "training", "admin", "other"] as const;
