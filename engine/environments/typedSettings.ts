import type { z } from 'zod';
import type { Environment } from '../contracts.ts';

/** An environment whose settings are as its provider's schema has them. */
export type Typed<E extends Environment, Settings> = E & { readonly settings: Settings };

export const withSettings = <E extends Environment, Settings>(
  environment: E,
  schema: z.ZodType<Settings>,
): Typed<E, Settings> => ({ ...environment, settings: schema.parse(environment.settings) });

/** `withSettings`, once per environment: an installation hands over the same objects again and again. */
export function createSettingsReader<Settings>(
  schema: z.ZodType<Settings>,
): <E extends Environment>(environment: E) => Typed<E, Settings> {
  const parsed = new WeakMap<Environment, Settings>();
  return (environment) => {
    const settings = parsed.get(environment) ?? schema.parse(environment.settings);
    parsed.set(environment, settings);
    return { ...environment, settings };
  };
}
