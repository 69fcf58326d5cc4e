import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { loginOf, SERVICE } from '../../demo/sqlServer/names.ts';
import { startAzureForProcesses } from './forProcesses.ts';
import { writesOf, writesToProduction } from './recorder.ts';

/**
 * The stand-in of Azure in a process of its own: `node test/azure/start.ts [--port 11080]`. Prints its address, and at its end how many
 * requests of the service wrote something, and which of them named production.
 */
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
await using standIn = await startAzureForProcesses(Number(values.port));
console.log(standIn.address);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
const { azure } = standIn;
const namingProduction = writesToProduction({ ...azure, logins: [SERVICE, loginOf('prod', 'reader')] });
console.log(JSON.stringify({ requests: azure.requests.length, writes: writesOf(azure).length, namingProduction }));
