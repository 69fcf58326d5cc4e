/** Who speaks, as the page tells the demo. */
export interface PageVoice {
  readonly personId: string;
  readonly locale: string;
  readonly timeZone: string;
}

/** @returns what the person is told about it; nothing when all is well */
export async function call(verb: 'say' | 'click' | 'install', body: object): Promise<string> {
  const response = await fetch(`api/${verb}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  if (!response) return 'The demo has ended';
  const answer: unknown = await response.json();
  const note = typeof answer === 'object' && answer !== null && 'note' in answer ? String(answer.note) : '';
  if (note === '' && !response.ok) return `The demo answered ${String(response.status)}`;
  return note;
}
