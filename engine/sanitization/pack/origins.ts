import type { OriginOf } from './packProblems.ts';
import type { RulePack } from './rulePack.ts';

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
