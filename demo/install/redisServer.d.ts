export interface RedisServerProgram {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
}

export function findRedisServer(): RedisServerProgram | undefined;
export function installRedisServer(): void;
