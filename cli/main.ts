import { commands } from './commands/index.ts';
import { isDebugging } from '../env/variables.ts';
import { UsageError } from './errors.ts';
import { nearestWord } from '../engine/nearestWord.ts';
import { shownText } from '../engine/shownText.ts';
import { explain, isArgumentError, placesIn } from './explain.ts';

const [name = 'help', ...args] = process.argv.slice(2);
const io = {
  out: (text: string) => process.stdout.write(`${text}\n`),
  err: (text: string) => process.stderr.write(`${text}\n`),
  ask,
  cwd: process.cwd(),
};
const command = commands.find((one) => one.name === name);

// A driver may report what nobody waits for any more: in words like everything else.
process.on('uncaughtException', (error) => {
  tell(error, command?.usage);
  process.exit(1);
});

// `rewind audit R-1042 | head` has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

if (command) {
  try {
    process.exitCode = await command.run(args, io);
  } catch (error) {
    tell(error, command.usage);
    process.exitCode = error instanceof UsageError || isArgumentError(error) ? 2 : 1;
  }
} else {
  const isHelp = ['help', '--help', '-h'].includes(name);
  const lines = commands.map((one) => `  ${one.usage}\n      ${one.summary}`);
  const meant = nearestWord(
    name,
    commands.map((one) => one.name),
  );
  const hint = meant === undefined ? '' : ` Did you mean “${meant}”?`;
  const head = isHelp ? '' : `There is no command “${shownText(name)}”.${hint}\n`;
  (isHelp ? io.out : io.err)(`${head}rewind COMMAND\n${lines.join('\n')}`);
  process.exitCode = isHelp ? 0 : 2;
}

function tell(error: unknown, usage: string | undefined): void {
  io.err(explain(error, usage));
  if (isDebugging()) io.err(placesIn(error).join('\n'));
}

async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) return '';
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
