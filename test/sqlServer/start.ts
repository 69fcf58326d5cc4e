import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startStandIn } from './standIn.ts';

/** The stand-in in a process of its own, with TLS: `node test/sqlServer/start.ts [--port 11433] [--password …]`. Prints its address. */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, password: { type: 'string' } },
});
const { password } = values;
await using standIn = await startStandIn({
  port: Number(values.port),
  ...(password === undefined ? {} : { logins: [{ name: 'sa', password }] }),
});
const { user, password: sa } = standIn.settings('sa');
const login = `${encodeURIComponent(user)}:${encodeURIComponent(sa)}`;
console.log(`mssql://${login}@127.0.0.1:${String(standIn.port)}?trustServerCertificate=true`);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
