import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../engine/clock.ts';
import { writeAddressBook, writeTerminalVariables } from './addressBook.ts';
import { AzureUnusableError } from './azure/errors.ts';
import { openChatPage } from './chat/openChatPage.ts';
import { playJourney, resultOf } from './play/journey.ts';
import { startPlayground } from './playground.ts';
import { SqlServerUnusableError } from './sqlServer/errors.ts';
import { freePort } from './supervisor/freePort.ts';
import { startDemo, type Demo } from './startDemo.ts';
import { FolderInUseError } from './supervisor/leftovers.ts';

const USAGE = 'npm run demo -- [--play | --playground] [--folder FOLDER] [--sql-server mssql://… | --azure http://…]';

const values = readArguments();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const folder = resolve(values.folder);
const where = {
  folder,
  ...(values['sql-server'] === undefined ? {} : { sqlServer: values['sql-server'] }),
  ...(values.azure === undefined ? {} : { azure: values.azure }),
};
const startedAt = systemClock.elapsedMs();
const say = (line: string) =>
  console.log(`${((systemClock.elapsedMs() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);

try {
  if (values.play) process.exit((await play()) ? 0 : 1);
  await show();
} catch (error) {
  if (error instanceof FolderInUseError) console.error(error.message);
  else if (error instanceof SqlServerUnusableError || error instanceof AzureUnusableError)
    console.error(`${error.message}. ${error.remedy}`);
  else throw error;
  process.exitCode = 1;
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        play: { type: 'boolean', default: false },
        /** Microsoft 365 Agents Playground, which shows one person, in place of the chat page. */
        playground: { type: 'boolean', default: false },
        folder: { type: 'string', default: '.demo' },
        /** The databases go there, instead of onto clusters of the demo's own. */
        'sql-server': { type: 'string' },
        /** Or onto a stand-in of Azure, which prints this address. */
        azure: { type: 'string' },
      },
    }).values;
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : '').split('\n');
    console.error(`${sentence ?? ''} – usage: ${USAGE}`);
    process.exit(2);
  }
}

async function play(): Promise<boolean> {
  await using demo = await startDemo({ ...where, say });
  // Bot and journal are the same on each; a stand-in takes its time as it is.
  const hasSchedule = where.sqlServer === undefined && where.azure === undefined;
  const result = await resultOf(playJourney(demo, say, { hasSchedule }), console.error);
  await demo[Symbol.asyncDispose]();
  console.log(JSON.stringify(result));
  return result.journey === 'ok';
}

async function show(): Promise<void> {
  await using undo = new AsyncDisposableStack();
  const demo = undo.use(await startDemo({ ...where, say }));
  const chat = values.playground ? await playground(demo) : await openChatPage(demo);
  writeAddressBook(folder, demo, chat.url);
  writeTerminalVariables(demo);
  undo.move();
  console.log(values.playground ? invitationOfPlayground(chat.url, demo) : invitation(chat.url));
  // The supervisor takes Ctrl+C and SIGTERM: everything ends in the reverse order of its start.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => say('Stopping everything'));
}

async function playground(demo: Demo): Promise<{ readonly url: string }> {
  const { supervisor, botAppId, botUrl } = demo;
  return startPlayground({ supervisor, folder, port: await freePort(), botAppId, endpoint: `${botUrl}/api/messages` });
}

function invitation(chatUrl: string): string {
  return `
  Rewind is running.

  1  Open the chat                     ${chatUrl}
     Jonas Weber asks on the left, Mira Okafor approves on the right.
  2  As Jonas, click “before the mistake” under “What to type”, and send it
     (just before a price list in the wrong currency was imported)
  3  Read the plan, type uat, press “Replace UAT”
  4  As Mira, follow the red @ and press “Approve”
  5  Watch the card. Then try          @Rewind /refresh test at latest
     Its synchronization fails after the switch; roll it back with one click.
${whereTheRestIs()}`;
}

function invitationOfPlayground(chatUrl: string, { company: { moments } }: Demo): string {
  const before = moments.find((moment) => moment.name === 'before the mistake')?.at ?? 'latest';
  return `
  Rewind is running.

  1  Open the chat as Jonas Weber      ${chatUrl}
  2  Type                              /refresh uat at ${before}
     (just before a price list in the wrong currency was imported)
  3  Read the plan, type uat, press “Replace UAT”
  4  Approve it as a second person     TEAMSFX_ENV=demo npx rewind approve R-1001   (there you are Mira Okafor)
  5  Watch the card. Then try          /refresh test at ${before}
     Its synchronization fails after the switch; roll it back with one click.

  Moments of production, UTC
${moments.map(({ at, name }) => `     ${at}  ${name}`).join('\n')}
${whereTheRestIs()}`;
}

function whereTheRestIs(): string {
  return `
  Every address: ${join(folder, 'demo.json')}
  Logs of the processes: ${join(folder, 'logs')}
  Stop with Ctrl+C.
`;
}
