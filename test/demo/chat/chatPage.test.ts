import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { AIKO, JONAS, TEAM, TENANT_ID } from '../../../demo/people.ts';
import { inBrowser, launchBrowser } from '../../journey/inBrowser.ts';
import { cardMessage, openChatWithBot, type ChatWithBot } from './chatWithBot.ts';

const PICTURES = 'build/pictures/chat';

let browser: Browser | undefined;
let chat: ChatWithBot;
/** What the page itself complained of: a script that failed, something the policy of its server forbids. */
let complaints: string[];

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  if (!inBrowser.skip) browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  complaints = [];
  chat = await openChatWithBot();
});
afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
  await chat[Symbol.asyncDispose]();
  if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join('; ')}`);
});

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser?.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  if (!page) throw new Error('No browser');
  page.setDefaultTimeout(30_000);
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (line) => ['error', 'warning'].includes(line.type()) && complaints.push(line.text()));
  await page.goto(chat.url);
  await page.locator('.pane').nth(1).waitFor({ state: 'attached' });
  return page;
}

const panesOf = (page: Page) => [page.locator('.pane').nth(0), page.locator('.pane').nth(1)] as const;
const inChannel = `/v3/conversations/${encodeURIComponent(TEAM.channel.id)}`;
const idOf = ({ body }: { readonly body: unknown }) => (body as { id: string }).id;

/** A card with a choice, a text and a form that opens, as those of Rewind have them. */
const form = (text: string) => {
  const message = cardMessage(
    { type: 'TextBlock', text, wrap: true },
    { type: 'Input.Text', id: 'confirm', label: 'Type uat to confirm' },
    {
      type: 'Input.ChoiceSet',
      id: 'point',
      label: 'Moment',
      style: 'expanded',
      choices: [
        { title: 'Yesterday', value: 'y' },
        { title: 'Today', value: 't' },
      ],
    },
  );
  const actions = [
    { type: 'Action.Execute', title: 'Replace UAT', verb: 'confirm-run', data: { runId: 'R-1' } },
    {
      type: 'Action.ShowCard',
      title: 'Reject…',
      card: { type: 'AdaptiveCard', body: [{ type: 'Input.Text', id: 'why', label: 'Why' }] },
    },
  ];
  Object.assign(message.attachments[0]?.content ?? {}, { actions });
  return message;
};

test('the first screen › says what to type, and a moment is put there by a click', inBrowser, async () => {
  const page = await open();
  const [jonas] = panesOf(page);
  expect(await page.getByText('not Microsoft Teams').isVisible()).toBe(true);
  await jonas.getByRole('button', { name: /^before the mistake/ }).click();
  await jonas.getByRole('button', { name: 'Send' }).click();
  await jonas.locator('.message').waitFor();
  expect(chat.heard).toMatchObject([
    { text: '<at>Rewind</at> /refresh uat at 2026-11-30T01:32:48.145Z', from: { id: JONAS.id } },
  ]);
  await jonas.getByLabel('Message').fill('hello everybody');
  await jonas.getByLabel('Message').press('Enter');
  await jonas.getByText('Rewind has not heard this').waitFor();
  expect(chat.heard.length).toBe(1);
});

test(
  'a card that is updated › keeps what somebody is typing into it, twice, and nothing after the click',
  inBrowser,
  async () => {
    const page = await open();
    const [jonas] = panesOf(page);
    const path = `${inChannel}/activities`;
    const id = idOf(await chat.connector('POST', path, form('10 %')));
    const confirm = jonas.getByLabel('Type uat to confirm');
    await confirm.fill('ua');
    await jonas.getByLabel('Today').check();
    await jonas.getByRole('button', { name: 'Reject…' }).click();
    await jonas.getByLabel('Why').fill('not now');
    await confirm.focus();
    await page.keyboard.press('ArrowLeft');
    for (const percent of ['20 %', '30 %']) {
      await chat.connector('PUT', `${path}/${id}`, form(percent));
      await jonas.getByText(percent).waitFor();
    }
    await page.keyboard.type('X');
    expect(await confirm.inputValue()).toBe('uXa');
    expect(await jonas.getByLabel('Today').isChecked()).toBe(true);
    expect(await jonas.getByLabel('Why').inputValue()).toBe('not now');

    chat.answer = {
      type: 'application/vnd.microsoft.card.adaptive',
      value: form('asked again').attachments[0]?.content,
    };
    await jonas.getByRole('button', { name: 'Replace UAT' }).click();
    await jonas.getByText('asked again').waitFor();
    expect(await confirm.inputValue()).toBe('');
    expect(chat.heard.at(-1)).toMatchObject({
      type: 'invoke',
      replyToId: id,
      value: { action: { verb: 'confirm-run', data: { runId: 'R-1', confirm: 'uXa', point: 't' } } },
    });
  },
);

test(
  'the answer to a click › is for whoever clicked, until the card is updated for all; a sentence is a note',
  inBrowser,
  async () => {
    const page = await open();
    const [jonas, mira] = panesOf(page);
    await mira.getByRole('button', { name: /Refreshes/ }).click();
    const id = idOf(await chat.connector('POST', `${inChannel}/activities`, form('for all')));
    chat.answer = { type: 'application/vnd.microsoft.card.adaptive', value: form('for one').attachments[0]?.content };
    await mira.getByRole('button', { name: 'Replace UAT' }).click();
    await mira.getByText('for one').waitFor();
    expect(await jonas.getByText('for all').isVisible()).toBe(true);
    await chat.connector('PUT', `${inChannel}/activities/${id}`, form('news'));
    await mira.getByText('news').waitFor();
    chat.answer = { type: 'application/vnd.microsoft.activity.message', value: 'Ask somebody else' };
    await mira.getByRole('button', { name: 'Replace UAT' }).click();
    await mira.getByText('Ask somebody else').waitFor();
  },
);

test('a mention › is a red mark until it is looked at, and history and marks outlive a reload', inBrowser, async () => {
  const page = await open();
  const [jonas, mira] = panesOf(page);
  const entities = [{ type: 'mention', text: '<at>Mira</at>', mentioned: { id: '29:mira', name: 'Mira' } }];
  await chat.connector('POST', `${inChannel}/activities`, {
    ...cardMessage({ type: 'TextBlock', text: 'decide' }),
    entities,
  });
  const channel = mira.getByRole('button', { name: /Refreshes/ });
  await channel.locator('.named').waitFor();
  await jonas.getByText('decide').waitFor();
  expect(await jonas.locator('.mark').count()).toBe(0);
  await page.reload();
  await jonas.getByText('decide').waitFor();
  await channel.locator('.named').waitFor();
  await channel.click();
  await mira.getByText('decide').waitFor();
  await page.reload();
  await mira.getByText('decide').waitFor();
  expect(await mira.locator('.mark').count()).toBe(0);
});

test(
  'a reply › goes into its post, and another person may be chosen, with language and time zone',
  inBrowser,
  async () => {
    const page = await open();
    const [jonas] = panesOf(page);
    await jonas.getByLabel('Message').fill('@Rewind /status');
    await jonas.getByLabel('Message').press('Enter');
    await jonas.getByRole('button', { name: 'Reply' }).click();
    await jonas.getByLabel('Person').selectOption(AIKO.id);
    await jonas.getByLabel('Language').focus();
    await jonas.getByLabel('Language').selectOption('de-DE');
    // Whoever works without a mouse goes on from where they were.
    await page.locator('select[aria-label=Language]:focus').waitFor();
    await jonas.getByLabel('Time zone').selectOption('Asia/Tokyo');
    await jonas.getByRole('button', { name: /Refreshes/ }).click();
    await jonas.getByRole('button', { name: 'Reply' }).click();
    await jonas.getByLabel('Message').fill('@Rewind /help');
    await jonas.getByLabel('Message').press('Enter');
    await expect.poll(() => chat.heard.length).toBe(2);
    const [post, reply] = chat.heard;
    expect(reply).toMatchObject({ from: { id: AIKO.id }, locale: 'de-DE', localTimezone: 'Asia/Tokyo' });
    expect(reply?.conversation.id).toBe(post?.conversation.id);
    expect(reply?.conversation.id).toContain(';messageid=');
  },
);

test('a tick › takes Rewind out of a conversation and back, and the bot is told', inBrowser, async () => {
  const page = await open();
  const [, mira] = panesOf(page);
  const isInstalled = mira.getByLabel('Rewind is installed here');
  const opening = { members: [{ id: '29:mira' }], tenantId: TENANT_ID };
  // Not uncheck(): the tick follows the answer of the server, which may take longer than that waits.
  await isInstalled.click();
  await expect.poll(() => chat.heard.at(-1)).toMatchObject({ type: 'installationUpdate', action: 'remove' });
  expect(await chat.connector('POST', '/v3/conversations', opening)).toMatchObject({ status: 403 });
  await expect.poll(() => mira.getByLabel('Message').isDisabled()).toBe(true);
  await isInstalled.click();
  await expect.poll(() => chat.heard.at(-1)).toMatchObject({ type: 'installationUpdate', action: 'add' });
  expect(await chat.connector('POST', '/v3/conversations', opening)).toMatchObject({ status: 201 });
});

test('the page › is dark where the browser is, and scrolls nowhere sideways at 320 px', inBrowser, async () => {
  const page = await open({ viewport: { width: 320, height: 700 }, colorScheme: 'dark' });
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(background).toBe('rgb(31, 31, 31)');
  const entities = [{ type: 'mention', text: '<at>Mira</at>', mentioned: { id: '29:mira', name: 'Mira' } }];
  await chat.connector('POST', `${inChannel}/activities`, { ...form('W'.repeat(200)), entities });
  const [jonas, mira] = panesOf(page);
  await jonas.locator('.box').waitFor();
  expect(await mira.isVisible()).toBe(false);
  const width = () => page.evaluate(() => [document.documentElement.scrollWidth, document.body.scrollWidth]);
  expect(await width()).toEqual([320, 320]);
  await page.screenshot({ path: `${PICTURES}/narrow.png` });
  await page.getByRole('button', { name: 'Be Mira Okafor @' }).click();
  const mark = await mira.locator('.rooms .named').boundingBox();
  expect((mark?.x ?? 320) + (mark?.width ?? 0)).toBeLessThanOrEqual(320);
  expect(await width()).toEqual([320, 320]);
  await page.screenshot({ path: `${PICTURES}/narrow-guide.png` });
  await page.getByRole('button', { name: 'Light' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Dark' }).waitFor();
});
