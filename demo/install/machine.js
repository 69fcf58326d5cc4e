/** What a process of the demo inherits: all of this one's environment. */
export function machineEnvironment() {
  return { ...process.env };
}

/** A Redis that somebody runs already and wants used, or undefined. */
export function givenRedisUrl() {
  return process.env.REDIS_URL || undefined;
}
