import { Agent, request } from 'node:http';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isLongRun } from '../../longRun.ts';
import { openTestChat, type TestChat } from '../testChat.ts';
import { malformed, realActivities } from './activities.ts';

const ACTIVITIES = isLongRun ? 20_000 : 4_000;
const AT_ONCE = 16;

let chat: TestChat;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  chat = await openTestChat();
});

afterAll(async () => {
  agent.destroy();
  await chat.close();
});

test('the door › takes every kind of activity that Teams sends', async () => {
  const activities = realActivities(chat.connector.url);
  const answers = await Promise.all(activities.map(async (activity) => (await chat.post(activity)).status));
  expect(answers).toEqual(activities.map(() => 200));
});

test(
  `the door › answers ${ACTIVITIES.toLocaleString('en')} malformed activities with a good token, none of them by 500 or more`,
  { timeout: 300_000 },
  async () => {
    const seed = Number(process.env['REWIND_SEED'] ?? Date.now() % 2 ** 31);
    const bodies = fc.sample(malformed(realActivities(chat.connector.url)), { numRuns: ACTIVITIES, seed });
    const authorization = chat.authorization();
    const answers = new Map<number, number>();
    const wrong: string[] = [];
    const sender = async () => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
        const { status, text } = await post(`${chat.bot.url}/api/messages`, authorization, body);
        answers.set(status, (answers.get(status) ?? 0) + 1);
        // A click has an answer whatever happens; an unforeseen one says so.
        if (status >= 500 || text.includes('unforeseen')) wrong.push(`${status} ${text} to ${body}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sender));
    expect(wrong.slice(0, 3), `seed ${seed}`).toEqual([]);
    expect(
      chat.logged.filter((line) => /turn failed|answer-not-sent|action-failed|command-failed/.test(line)).slice(0, 3),
    ).toEqual([]);
    // Neither everything refused nor everything let through: else nothing was tried.
    expect(answers.get(200) ?? 0).toBeGreaterThan(ACTIVITIES / 20);
    expect(
      [...answers].reduce((sum, [status, times]) => sum + (status === 400 || status === 429 ? times : 0), 0),
    ).toBeGreaterThan(ACTIVITIES / 20);
  },
);

function post(
  url: string,
  authorization: string,
  body: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { authorization, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asking.once('error', reject);
    asking.end(body);
  });
}
