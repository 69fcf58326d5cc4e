import type { Person, RunRecord } from '../../engine/contracts.ts';
import { shownText } from '../../engine/shownText.ts';
import { wayWords } from '../wayWords.ts';

/** One line, whatever people have typed. */
export function describeRecord(record: RunRecord): string {
  const who = `${shownText(record.actor.name)} (${shownText(record.actor.id)})${placeOf(record.actor)}`;
  return `${String(record.seq).padStart(4)}  ${shownText(record.at)}  ${shownText(record.event, 18)}  ${who}  ${detailOf(record)}`.trimEnd();
}

/** In Teams, which conversation: its own id, as a connector's log has it. */
function placeOf(actor: Person): string {
  return `${wayWords(actor)}${actor.way?.kind === 'teams' ? ` (${shownText(actor.way.conversation)})` : ''}`;
}

/** What a reader of the list asks for: which step, which moment, which plan and what goes for it, why. */
const TOLD = [
  'step',
  'at',
  'digest',
  'retires',
  'dropsCopiesOf',
  'code',
  'reason',
  'comment',
  'detail',
  'targetState',
  'n',
  'key',
  'by',
  'to',
  'why',
  'what',
  'status',
  'isUrgent',
  'insteadOf',
] as const;

export function detailOf({ data, evidence }: RunRecord): string {
  const own = membersOf(data);
  // A plan is as long as a card: it is told by its digest, and by the runs whose way back ends with it.
  const { digest, binding } = membersOf(own['plan']);
  const { retires, dropsCopiesOf } = membersOf(binding);
  const { step, code } = membersOf(own['failure']);
  const values: Readonly<Record<string, unknown>> = { step, code, digest, retires, dropsCopiesOf, ...own };
  const told = TOLD.flatMap((name) => {
    const value = values[name];
    const isPlain = typeof value === 'string' || typeof value === 'number' || value === true;
    const isTold = isPlain || (Array.isArray(value) && value.length > 0);
    return isTold ? [`${name}=${shownText(String(value))}`] : [];
  });
  return [...told, ...(evidence?.signature ? [`signed=${shownText(evidence.signature.key)}`] : [])].join(' ');
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
