export function machineEnvironment(): Record<string, string | undefined>;
export function givenRedisUrl(): string | undefined;
