import type { Dialect } from '../environments/provider.ts';

/**
 * The columns that an expression of a sandbox's catalogue reads, if it does nothing but compare and calculate: whoever
 * administers the sandbox has written it, and it is evaluated with Rewind's rights. Undefined when it calls a function or
 * names anything that is not on the lists below.
 */
export function columnsOfPlain(
  text: string,
  dialect: Dialect,
  isColumn: (name: string) => boolean,
): ReadonlySet<string> | undefined {
  const columns = new Set<string>();
  const token = TOKENS[dialect];
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) return undefined;
    at = token.lastIndex;
    const { quoted, word } = found.groups ?? {};
    const name = quoted === undefined ? word : unquoted(quoted);
    if (name === undefined) continue;
    // A function of the sandbox's own may be called like a column.
    const isCalled = /^\s*\(/.test(text.slice(at));
    if (isColumn(name) && !isCalled) columns.add(name);
    else if (!isHarmless(name, { isQuoted: quoted !== undefined, dialect })) return undefined;
  }
  return columns;
}

/** SQL Server quotes the names of types; elsewhere what is quoted is somebody's own. */
function isHarmless(name: string, { isQuoted, dialect }: { readonly isQuoted: boolean; readonly dialect: Dialect }) {
  if (isQuoted) return dialect === 'mssql' && TYPES.has(name.toLowerCase());
  return PLAIN_WORDS.has(name.toLowerCase());
}

const unquoted = (quoted: string): string => quoted.slice(1, -1).replaceAll('""', '"').replaceAll(']]', ']');

const SHARED = String.raw`\s+|'(?:[^']|'')*'|\d+(?:\.\d+)?(?:e[+-]?\d+)?|(?<word>[\p{L}_][\p{L}\p{N}_$#]*)`;
/** No comment, no parameter, no end of a statement. */
const OPERATORS = String.raw`-(?!-)|/(?!\*)|[+*%<>=!~|&^(),.]`;
const TOKENS: Readonly<Record<Dialect, RegExp>> = {
  postgres: new RegExp(String.raw`${SHARED}|(?<quoted>"(?:[^"]|"")+")|${OPERATORS}|::|[[\]]`, 'yui'),
  mssql: new RegExp(String.raw`${SHARED}|(?<quoted>\[(?:[^\]]|\]\])+\])|${OPERATORS}`, 'yui'),
};

const words = (text: string): readonly string[] => text.split(' ');

const TYPES: ReadonlySet<string> = new Set(
  words(
    'text varchar character varying char bpchar nvarchar nchar integer int tinyint smallint bigint numeric decimal money real float double precision boolean bool bit date datetime datetime2 time timestamp with without zone interval uuid uniqueidentifier bytea varbinary binary',
  ),
);
const PLAIN_WORDS: ReadonlySet<string> = new Set([
  ...TYPES,
  ...words(
    'and or not is null in between like ilike any all array case when then else end true false as distinct from',
  ),
  ...words('cast convert coalesce nullif isnull lower upper length len datalength char_length btrim ltrim rtrim trim'),
  ...words('abs left right substring replace round floor ceil ceiling greatest least mod n'),
]);
