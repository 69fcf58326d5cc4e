import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeAddressBook } from '../../demo/addressBook.ts';
import type { Demo } from '../../demo/startDemo.ts';

test('demo.json › names the address of the bot at which /healthz answers, to which doctor points', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-addresses-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const auditor = { auditor: { application: 'postgres://a', financialReporting: 'postgres://m' } };
  const demo: Partial<Demo> = {
    ...{ botUrl: 'http://127.0.0.1:1', doorUrl: 'http://127.0.0.1:2', journalUrl: '', redisUrl: '' },
    company: { prod: auditor, uat: auditor, test: auditor, moments: [] } as never,
  };
  writeAddressBook(folder, demo as Demo, undefined);
  expect(JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8'))).toMatchObject({
    bot: { url: 'http://127.0.0.1:1', health: 'http://127.0.0.1:2/healthz' },
  });
});
