import { generateKeyPairSync } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';

export const makeSigningKey: CliCommand = {
  name: 'signing-key',
  summary: 'Make a pair of keys: the bot signs decisions, workers verify them',
  usage: 'signing-key NAME',
  async run(args, io) {
    const [id] = parseArgs({ args, allowPositionals: true }).positionals;
    if (id === undefined || !/^[\w.-]{1,32}$/.test(id))
      throw new UsageError(this.usage, 'Give the key a name, like 2026a.');
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const own = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    const open = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    io.out(`For the bot alone, like a password:\nREWIND_SIGNING_KEY=${id}:${own}\n`);
    io.out(`For every worker, and where people run rewind:\nREWIND_VERIFYING_KEYS=${id}:${open}`);
    return Promise.resolve(0);
  },
};
