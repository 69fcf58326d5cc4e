import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS } from '../../bot/commands/index.ts';
import { commands } from '../../cli/commands/index.ts';
import { RUN_STATES, STEP_NAMES } from '../../engine/contracts.ts';
import { providers } from '../../engine/environments/index.ts';
import { parsePack } from '../../engine/sanitization/pack/rulePack.ts';
import { codeOf, codesIn, project, readProject, tableRows } from './markdown.ts';

const pages = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: project })];
const markdown = new MarkdownIt();

/** A heading as a link names it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (page: string): readonly string[] =>
  [...readProject(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

function linksOf(page: string): readonly string[] {
  const tokens = markdown.parse(readProject(page), {}).flatMap(({ children }) => children ?? []);
  return tokens.flatMap((token) => {
    const link = token.attrGet('href') ?? token.attrGet('src');
    return link === null || /^https?:/.test(String(link)) ? [] : [String(link)];
  });
}

test('the pages › link only to files and headings that exist', () => {
  expect(pages.length).toBeGreaterThan(15);
  const broken = pages.flatMap((page) =>
    linksOf(page)
      .filter((link) => {
        const [path = '', anchor] = link.split('#');
        const file = path === '' ? page : join(dirname(page), path);
        return !existsSync(join(project, file)) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
      })
      .map((link) => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test('the pages › name only files that exist', () => {
  const isPath = (code: string) =>
    /^(engine|cards|queue|bot|env|cli|demo|test|docs|appPackage)\/[\w./-]+\.(ts|js|json|yaml|md|sql)$/.test(code);
  /** Files that an installation makes from an example. */
  const own = new Set(['env/environments.yaml']);
  const missing = pages.flatMap((page) =>
    codesIn(readProject(page))
      .filter((code) => isPath(code) && !own.has(code) && !existsSync(join(project, code)))
      .map((code) => `${page}: ${code}`),
  );
  expect(missing).toEqual([]);
});

test('the pages › say nothing but commands that exist', async () => {
  const known = {
    'npm run ': Object.keys(Object(JSON.parse(readProject('package.json'))).scripts),
    'npx rewind ': ['help', ...commands.map(({ name }) => name)],
    '/': COMMANDS.map(({ name }) => name),
  };
  const text = pages.map(readProject).join('\n');
  const said = [
    ...text.matchAll(/(npm run )([\w:]+)/g),
    ...text.matchAll(/(npx rewind )([a-z]+(?:-[a-z]+)*)/g),
    ...text.matchAll(/(?<=^|[\s(`])(\/)([a-z]+) (?:uat|test|R-\d+)/gm),
  ].map(([, how, name = '']) => ({ how, name }));
  expect(said.length).toBeGreaterThan(20);
  const isKnown = ({ how, name }: (typeof said)[number]) =>
    Object.entries(known).some(([start, names]) => start === how && names.includes(name));
  expect(said.filter((one) => !isKnown(one))).toEqual([]);
});

test('the page on architecture › shows the steps in their order, every state and every provider', () => {
  const page = readProject('docs/architecture.md');
  const section = (title: string) => page.split('\n## ').find((one) => one.startsWith(title)) ?? '';
  const rows = tableRows(section('The runbook')).map(([first]) => codeOf(first));
  expect(rows).toEqual([...STEP_NAMES]);
  expect(RUN_STATES.filter((state) => !section('States of a run').includes(`\`${state}\``))).toEqual([]);
  const named = new Set(tableRows(section('The provider port')).map(([first]) => codeOf(first)));
  expect(Object.keys(providers).filter((name) => !named.has(name))).toEqual([]);
});

test('the how-to on rule packs › shows a pack that can be used', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readProject('docs/how-to/write-a-rule-pack.md')) ?? [];
  expect(parsePack(parse(yaml), 'contoso').elements).toHaveLength(1);
});

test('a decision › fits on a page and says why', () => {
  const decisions = globSync('docs/decisions/0*.md', { cwd: project });
  expect(decisions.length).toBeGreaterThan(5);
  const wrong = decisions.filter((path) => {
    const text = readProject(path);
    return text.trimEnd().split('\n').length > 40 || !text.includes('**Decision.**') || !text.includes('**Why**');
  });
  expect(wrong).toEqual([]);
});

test('the page for contributors › names every room of tests, and files that exist', () => {
  const page = readProject('CONTRIBUTING.md');
  const folders = globSync('test/*/', { cwd: project }).map((folder) => folder.replace(/\/$/, ''));
  const supporting = new Set(['test/appPackage', 'test/env', 'test/golden', 'test/engine', 'test/canaries']);
  expect(folders.filter((folder) => !supporting.has(folder) && !page.includes(folder))).toEqual([]);
  const named = [...page.matchAll(/\b(?:test|engine)\/[\w./]+\w/g)].map(([path]) => path);
  expect(
    named.filter((path) => !existsSync(join(project, path)) && !globSync(`${path}*`, { cwd: project }).length),
  ).toEqual([]);
});
