import type { RulePack } from './rulePack.ts';

/** In which pack a rule stands, and where: `contoso, line 12`. Undefined where its pack is not known. */
export type OriginOf = (ruleId: string) => string | undefined;

export function originsIn(packs: readonly RulePack[]): OriginOf {
  const origins = new Map(
    packs.flatMap(({ name, lines, elements }) =>
      elements.flatMap(({ rules }) =>
        rules.map(({ id }) => {
          const line = lines?.get(id);
          return [id, line === undefined ? name : `${name}, line ${String(line)}`] as const;
        }),
      ),
    ),
  );
  return (ruleId) => origins.get(ruleId);
}
