import { readFileSync, statSync } from 'node:fs';
import { COMMAND_NAMES, type Sandbox } from '../../engine/contracts.ts';
import { bad, doubtful, type Finding } from './finding.ts';

const NAME = 'REWIND_APPLICATION_URL';
const MOST_BYTES = 1_048_576;

/** Whether a command counts on the address of the database, which holds a password, and does not get it. Programs are not read, scripts are. */
export function examineDatabaseUrl({ name: sandbox, commands }: Sandbox): readonly Finding[] {
  return COMMAND_NAMES.flatMap((name) => {
    const command = commands[name];
    if (command === undefined || command.databaseUrl === true) return [];
    const subject = `command ${name} of ${sandbox}`;
    const script = [command.command, ...command.args].find(mentionsIt);
    if (name !== 'synchronize')
      return script === undefined
        ? []
        : [bad(subject, `${script} reads ${NAME}, which only synchronize can get`, 'Give it a login of its own.')];
    const key = `sandboxes.${sandbox}.commands.synchronize`;
    if (script !== undefined)
      return [bad(subject, `${script} reads ${NAME} and does not get it`, `Write \`databaseUrl: true\` under ${key}.`)];
    return command.databaseUrl === false
      ? []
      : [
          doubtful(
            subject,
            `gets no ${NAME}: the file does not ask for it`,
            `Write \`databaseUrl: true\` under ${key} if its program needs the address with its password, otherwise \`false\`.`,
          ),
        ];
  });
}

/** Not along PATH: what lies there is a program. Scripts of Windows may be UTF-16. */
function mentionsIt(path: string): boolean {
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > MOST_BYTES) return false;
    const text = readFileSync(path);
    return text.includes(NAME) || text.includes(Buffer.from(NAME, 'utf16le'));
  } catch {
    return false;
  }
}
