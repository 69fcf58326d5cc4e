import { nearestWord } from '../../engine/nearestWord.ts';
import { folded } from '../../engine/journal/findRuns.ts';

/** What people type for a command, and the command that they are told. Nothing of it is carried out. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  ...{ aktualisieren: 'refresh', auffrischen: 'refresh', erneuern: 'refresh', restore: 'refresh', copy: 'refresh' },
  ...{ stand: 'status', zustand: 'status', ubersicht: 'status', overview: 'status', list: 'status', liste: 'status' },
  ...{ verlauf: 'history', historie: 'history', runs: 'history', laufe: 'history' },
  ...{ meine: 'mine', my: 'mine', log: 'logs', protokoll: 'logs' },
  ...{
    zuruckrollen: 'rollback',
    zurucksetzen: 'rollback',
    ruckgangig: 'rollback',
    undo: 'rollback',
    revert: 'rollback',
  },
  ...{
    stopp: 'stop',
    anhalten: 'stop',
    abbrechen: 'stop',
    abort: 'stop',
    zuruckziehen: 'withdraw',
    cancel: 'withdraw',
  },
  ...{ abnehmen: 'signoff', abnahme: 'signoff', accept: 'signoff', heimat: 'home', werbinich: 'whoami', who: 'whoami' },
  ...{ plane: 'schedules', zeitplane: 'schedules', termine: 'schedules', cron: 'schedule', zeitplan: 'schedule' },
  ...{ planen: 'schedule', einplanen: 'schedule', repeat: 'schedule', weekly: 'schedule', jeden: 'schedule' },
  // Brings the card with the button: nothing is approved by a word.
  ...{ approve: 'status', genehmigen: 'status', freigeben: 'status', reject: 'status', ablehnen: 'status' },
  ...{ hilfe: 'help', hallo: 'help', hello: 'help', hi: 'help' },
};

/** The command that somebody probably meant, in either language. */
export function commandMeant(typed: string, names: readonly string[]): string | undefined {
  const word = folded(typed);
  // `refreshuat`: the space is missing.
  const joined = names.find((name) => word.length > name.length && word.startsWith(name) && name.length > 3);
  const meant = (other: string | undefined) => (other === undefined ? undefined : OTHER_WORDS[other]);
  const exact = Object.hasOwn(OTHER_WORDS, word) ? meant(word) : undefined;
  const found = exact ?? nearestWord(word, names) ?? joined ?? meant(nearestWord(word, Object.keys(OTHER_WORDS)));
  return found !== undefined && names.includes(found) ? found : undefined;
}
