import { hostOf, isEverybodys } from './endpointsIn.ts';

/** Hosts in the settings of an environment, whatever its platform: addresses, and paths of shares. */
export function hostsOf(settings: unknown): readonly string[] {
  const hosts = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      const host = value.includes('://') ? hostOf(value) : /^\\\\([\w.-]+)\\/.exec(value)?.[1];
      if (host !== undefined && !isEverybodys(host)) hosts.add(host.toLowerCase());
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  walk(settings);
  return [...hosts];
}
