import { PRODUCTION } from '../engine/sanitization/production.ts';

/** Production's rows, which are written for PostgreSQL, one INSERT of T-SQL per row. */
export function productionInTsql(): readonly string[] {
  let recId = 0;
  return PRODUCTION.split(/;\s*\n/).flatMap((statement) => {
    const [, table = '', columns = '', rest = ''] =
      /^\s*insert into "(\w+)"(?: \(([^)]*)\))? (.*)$/s.exec(statement) ?? [];
    if (table === '') return [];
    const binary = rest.replaceAll(/'\\{1,2}x([0-9a-f]*)'/g, '0x$1');
    return rowsOf(binary).map((values) => {
      recId += 1;
      const key = table === 'SQLSYSTEMVARIABLES' ? [] : ([['RECID', String(recId)]] as const);
      const names = [columns, ...key.map(([name]) => name)].filter((each) => each !== '');
      const list = [values, ...key.map(([, value]) => value)].filter((each) => each !== '');
      return `INSERT INTO dbo."${table}" (${names.join(', ')}) VALUES (${list.join(', ')})`;
    });
  });
}

function rowsOf(rest: string): readonly string[] {
  if (rest.startsWith('default values')) return [''];
  if (rest.includes('generate_series')) return Array.from({ length: 9 }, (_, n) => `'number ${n}', ${n}`);
  return [...rest.matchAll(/\(((?:[^()']|'(?:[^']|'')*')*)\)/g)].map(([, values = '']) => values);
}
