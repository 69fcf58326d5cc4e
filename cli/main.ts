import { commands } from './commands/index.ts';
import { UsageError } from './errors.ts';
import { explain } from './explain.ts';

const [name = 'help', ...args] = process.argv.slice(2);
const io = {
  out: (text: string) => process.stdout.write(`${printable(text)}\n`),
  err: (text: string) => process.stderr.write(`${printable(text)}\n`),
  cwd: process.cwd(),
};
const command = commands.find((one) => one.name === name);

// `rewind audit R-1042 | head` has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

if (command) {
  try {
    process.exitCode = await command.run(args, io);
  } catch (error) {
    io.err(explain(error));
    process.exitCode = isUnusableInput(error) ? 2 : 1;
  }
} else {
  const isHelp = ['help', '--help', '-h'].includes(name);
  const width = Math.max(...commands.map((one) => one.usage.length));
  const lines = commands.map((one) => `  ${one.usage.padEnd(width)}  ${one.summary}`);
  (isHelp ? io.out : io.err)(`${isHelp ? '' : `There is no command “${name}”.\n`}rewind COMMAND\n${lines.join('\n')}`);
  process.exitCode = isHelp ? 0 : 2;
}

/** A missing run, or an option that the command does not know. */
function isUnusableInput(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS');
}

/** Reasons and names were typed by people: none of them may steer the terminal that shows them. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g, ' ');
}
