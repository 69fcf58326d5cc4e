import { expect, test } from 'vitest';
import { openTeam } from './week/team.ts';
import { WEEK } from './week/week.ts';

const INTRODUCTION = `# A week of a team

What people and Rewind say to each other in a week, as it is read in the chat: Jonas Weber works in Berlin and asks, Mira Petrova in New York
and Aiko Tanaka in Tokyo approve. The bot is the real one, spoken to over its own door, on a clock that jumps; what workers do is played, and no
database is touched. \`test/docs/week/week.ts\` holds the script, and a test compares this page with what comes of it:
\`vitest run test/docs/week.test.ts --update\` writes it anew.

What stands in brackets are buttons; forms that open by a click are closed. Times in the cards of a personal chat are its owner’s, those in the
channel the sandbox’s.
`;

test('a week of a team › reads as the page says', { timeout: 120_000 }, async () => {
  await using team = await openTeam('2026-11-23T08:00:00.000Z');
  for (const scene of WEEK) await scene(team);
  expect(team.chat.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  await expect(`${INTRODUCTION}\n${team.page()}`).toMatchFileSnapshot('../../docs/a-week.md');
});
