import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startAzureForProcesses } from './forProcesses.ts';

/** The stand-in of Azure in a process of its own: `node test/azure/start.ts [--port 11080]`. Prints its address. */
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
await using standIn = await startAzureForProcesses(Number(values.port));
console.log(standIn.address);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
