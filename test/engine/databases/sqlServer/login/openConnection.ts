import { addressOf } from '../../../../../engine/databases/sqlServer/address.ts';
import { openShortConnection } from '../../../../../engine/databases/sqlServer/connection.ts';
import { readServerFacts } from '../../../../../engine/databases/sqlServer/serverFacts.ts';
import { reportError } from '../../../../../engine/errors.ts';

/** Says who is let in at the address of its first argument, or why nobody is. */
async function whoIs(url: string): Promise<object> {
  try {
    await using line = await openShortConnection(addressOf(url));
    const { login } = await readServerFacts(line);
    return { login };
  } catch (error) {
    const { code, message } = reportError(error);
    return { code, message };
  }
}

process.stdout.write(JSON.stringify(await whoIs(process.argv[2] ?? '')));
