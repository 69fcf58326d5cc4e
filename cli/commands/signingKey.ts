import { generateKeyPairSync } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';

export const makeSigningKey: CliCommand = {
  name: 'signing-key',
  summary: 'Make a pair of keys: for the bot to sign decisions, or for workers to sign reports',
  usage: 'signing-key NAME [--reports]',
  async run(args, io) {
    const {
      values: { reports },
      positionals: [id],
    } = parseArgs({ args, options: { reports: { type: 'boolean', default: false } }, allowPositionals: true });
    if (id === undefined || !/^[\w.-]{1,32}$/.test(id))
      throw new UsageError(this.usage, 'Give the key a name, like 2026a.');
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const own = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    const open = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    if (reports) {
      io.out(`For every worker, like a password:\nREWIND_REPORT_KEY=${id}:${own}\n`);
      io.out(`For bot, workers, and whoever verifies a report:\nREWIND_REPORT_KEYS=${id}:${open}`);
      return Promise.resolve(0);
    }
    io.out(`For the bot alone, like a password:\nREWIND_SIGNING_KEY=${id}:${own}\n`);
    io.out(`For every worker, and where people run rewind:\nREWIND_VERIFYING_KEYS=${id}:${open}`);
    return Promise.resolve(0);
  },
};
