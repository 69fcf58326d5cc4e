import { expect, test } from 'vitest';
import { CARD_KINDS, RUN_STATES, type Run } from '../../../engine/contracts.ts';
import { isConfirmed, runCard, type Card, type RunContext } from '../../../cards/index.ts';
import { subjectOf } from '../../../cards/run/runContext.ts';
import { stepRows } from '../../../cards/run/stepRows.ts';
import { aRun, aStartedRun, aSwitchedRun, contextOf, draft, mira, NOW, plan, stepsUntil } from '../samples.ts';
import { CARD_STATES } from '../states.ts';
import { ofType, textOf, titlesOfActions } from '../walk.ts';

const failure = {
  step: 'synchronize-database',
  code: 'command-failed',
  message: 'Exit code 1.',
  remedy: 'Roll back.',
} as const;

test('the card of every kind › exists for a run in every state, however little is known', () => {
  for (const kind of CARD_KINDS) {
    for (const state of RUN_STATES) {
      for (const run of [
        { ...draft, state },
        { ...aSwitchedRun({ failure }), state },
      ] satisfies Run[]) {
        const bare: RunContext = {
          run,
          kind,
          now: NOW,
          zone: 'UTC',
          sourceTitle: 'PROD',
          targetTitle: 'UAT',
          approvers: [],
        };
        expect(JSON.stringify(runCard(bare)), `${kind} ${state}`).not.toMatch(/\$\{|undefined|NaN|Invalid/);
      }
    }
  }
});

test('the buttons › are those that the state allows', () => {
  const buttons = Object.fromEntries(CARD_STATES.map(({ name, card }) => [name, titlesOfActions(card()).join(' | ')]));
  expect(buttons).toMatchObject({
    choose: 'Preview plan | Other time… | Cancel',
    'choose-no-window': 'Cancel',
    'ask-which': '02:30 (UTC+2) | 02:30 (UTC+1) | Change time',
    'moment-missing': 'Choose a time | Cancel',
    planning: 'Cancel',
    plan: 'Replace UAT | Change time | Cancel',
    'plan-refused': 'Plan again | Change time | Cancel',
    'plan-blocked': 'Plan again | Change time | Cancel',
    'view-plan': 'View run',
    waiting: 'View plan | Cancel the request',
    approval: 'Approve | Reject… | Full plan',
    'approval-approved': '',
    'approval-rejected': '',
    queued: 'Get log | Stop…',
    progress: 'Get log | Stop…',
    'progress-stopping': 'Get log',
    'progress-closed': 'Get log',
    cutover: 'Switch now | Stop… | Get log',
    'cutover-on-click': 'Switch now | Stop… | Get log',
    'cutover-pressed': 'Stop… | Get log',
    'frozen-plan': 'Change time | Cancel',
    'frozen-approval': 'Reject… | Full plan',
    'frozen-progress': 'Get log | Stop…',
    'frozen-cutover': 'Stop… | Get log',
    'cutover-past': 'Get log',
    'run-completed': 'Get log',
    success: 'Open UAT | Sign off… | Roll back… | Report | Get log',
    'signed-off': 'Open UAT | Report | Get log',
    'run-failed': 'Get log',
    failure: 'Roll back UAT | Retry step 11 | Take over by hand… | Get log | Show steps',
    'failure-before-switch': 'Retry step 6 | Get log | Plan again | Choose a time | Show steps',
    'failure-drifted': 'Plan again | Get log | Choose a time | Show steps',
    'failure-accepted': 'Get log | Roll back… | Show steps',
    'failure-retried': 'View run',
    'rolling-back': 'Get log',
    'rolled-back': 'Get log | Plan again',
    'rollback-failed': 'Roll back UAT | Get log | Take over by hand…',
    'rollback-failed-old': 'Roll back UAT | Get log | Take over by hand…',
    'rollback-failed-none': 'Roll back UAT | Get log | Take over by hand…',
    'rollback-failed-accepted': 'Roll back… | Get log',
    'aborted-rejected': 'Plan again',
    'aborted-stopped': 'Get log | Plan again',
  });
});

test('the choose card › preselects no moment', () => {
  const point = inputOf(stateCard('choose'), 'point');
  expect(Object.keys(point)).not.toContain('value');
  expect(point.choices).toHaveLength(6);
});

test('the plan › says what is lost, what is kept, and until when there is a way back', () => {
  const text = textOf(stateCard('plan'));
  expect(text).toContain('Everything, in both databases (application and Financial Reporting): 412 GB.');
  expect(text).toContain('What people change in UAT from now until the switch lives on only in the replaced database.');
  expect(text).toContain('kept 3 days after the switch, so at least until **Wed, 25 Nov 2026, 21:16**');
  expect(text).toContain('Email addresses · Batch job history · Document attachments');
  expect(text).toContain('SMTP relay server · Print management');
  expect(text).toContain('✅ 11   ⚠️ 1   ⛔ 0');
  expect(text).toContain('**Same region** · West Europe on both · declared');
  expect(text).toContain('admin.uat@contoso.example');
});

test('the plan of a first run › says that its duration is unknown', () => {
  expect(textOf(stateCard('plan-first-run'))).toContain('unknown: this is the first refresh of UAT');
});

test('the plan of a first run › says what its range is guessed from, and what nobody has measured', () => {
  expect(textOf(stateCard('plan-guessed'))).toContain(
    'restore **40 min – 2 hr 35 min**, a guess from how long the backups took; sanitizing and synchronizing: not known before the first run',
  );
  const estimate = { kind: 'guessed', basis: 'other-sandboxes', runs: 2, fromSeconds: 600, toSeconds: 2800 } as const;
  expect(textOf(runCard(contextOf(aRun({ plan: { ...plan, estimate } }))))).toContain(
    'restore **10–47 min**, from 2 restores of other sandboxes by size; sanitizing',
  );
});

test('the moving card › says what is left as a range, and at last how much it is at most', () => {
  const at = (startedAt: string) =>
    textOf(runCard(contextOf(aStartedRun({ startedAt, steps: stepsUntil('sanitize') }))));
  expect(at('2026-11-22T20:30:07.000Z')).toContain('about 28–42 min left');
  expect(at('2026-11-22T19:55:07.000Z')).toContain('about 0–7 min left');
  expect(at('2026-11-22T19:40:07.000Z')).not.toContain('left');
});

test('the plan › is confirmed by the name of the target in any case, and by nothing else', () => {
  const { regex } = inputOf(stateCard('plan'), 'confirm');
  const typed = ['uat', 'UAT', ' Uat ', 'uat2', 'ua', '', 'prod'];
  expect(typed.filter((word) => new RegExp(String(regex)).test(word))).toEqual(['uat', 'UAT', ' Uat ']);
  expect(typed.filter((word) => isConfirmed(word, 'uat'))).toEqual(['uat', 'UAT', ' Uat ']);
});

test('confirming and approving › carry the digest of the plan that was shown', () => {
  expect(dataOf(stateCard('plan'), 'confirm-run')).toEqual({ runId: 'R-1042', digest: plan.digest });
  expect(dataOf(stateCard('approval'), 'approve-run')).toEqual({ runId: 'R-1042', digest: plan.digest });
  expect(dataOf(stateCard('approval'), 'reject-run')).toEqual({ runId: 'R-1042' });
  expect(dataOf(stateCard('success'), 'tick-item')).toEqual({ runId: 'R-1042', n: 1 });
});

test('the approval › says what each warning found, first what is lost for good, and how much of a list it leaves out', () => {
  const text = JSON.stringify(stateCard('approval-surroundings'));
  const told = ['R-1010 cannot be rolled back afterwards', 'Customers V3, Sales orders V2', '… and 36 more'];
  const places = told.map((words) => text.indexOf(words));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((left, right) => left - right));
});

test('the approval › mentions everybody who may decide', () => {
  const { entities } = stateCard('approval').msteams as { entities: unknown };
  expect(entities).toEqual([
    { type: 'mention', text: '<at>Mira Okafor</at>', mentioned: { id: '29:mira', name: 'Mira Okafor' } },
    { type: 'mention', text: '<at>Aiko Tanaka</at>', mentioned: { id: '29:aiko', name: 'Aiko Tanaka' } },
  ]);
});

test('the failure card › says exactly what the target is', () => {
  expect(textOf(stateCard('failure'))).toContain(
    '🔴 UAT holds the new database (PROD as of the recovery point) and is closed: people cannot sign in.',
  );
  expect(textOf(stateCard('failure-former-closed'))).toContain('🔴 UAT holds its former database and is closed');
  expect(textOf(stateCard('failure-before-switch'))).toContain('🟢 UAT is as it was before the run, and in use.');
});

test('a freeze › stands on every card of its sandbox that may still lead to something, and on no other', () => {
  const says = 'UAT is frozen until';
  for (const name of ['frozen-plan', 'frozen-approval', 'frozen-progress', 'frozen-cutover'])
    expect(textOf(stateCard(name))).toContain(says);
  const freeze = {
    ...{ number: 1, from: NOW, until: '2026-12-05T23:00:00.000Z', reason: 'month-end', by: mira },
  };
  const under = (run: Run, until = freeze.until) =>
    textOf(runCard(contextOf(run, { hold: { generation: 1, freeze: { ...freeze, until } } })));
  expect(under(aStartedRun())).toContain('month-end');
  expect(under(aStartedRun(), NOW)).not.toContain(says);
  expect(under(aSwitchedRun({ state: 'signed-off', targetState: 'new' }))).not.toContain(says);
  const replacedBy = { runId: 'R-1050', at: NOW };
  expect(under(aSwitchedRun({ state: 'completed', targetState: 'new', replacedBy }))).not.toContain(says);
});

test('retry › is not offered once the copy is gone', () => {
  const run = aStartedRun({ state: 'failed', failure, copyKeptUntil: '2026-11-22T20:00:00.000Z' });
  expect(titlesOfActions(runCard(contextOf(run, { kind: 'outcome' })))).not.toContain('Retry step 11');
});

test('a failure behind the switch › says what a retry does before anybody is let in', () => {
  const says = 'goes on from this step, and proves the sanitization of UAT again before anybody is let in';
  expect(textOf(stateCard('failure'))).toContain(says);
  expect(textOf(stateCard('failure-before-switch'))).not.toContain(says);
  expect(textOf(stateCard('failure-accepted'))).not.toContain(says);
});

test('rollback › is not offered once the former database is gone', () => {
  for (const gone of [{ previousKeptUntil: '2026-11-22T20:00:00.000Z' }, { isPreviousRetired: true }]) {
    const failed = runCard(
      contextOf(aSwitchedRun({ state: 'failed', failure, acceptedBy: mira, ...gone }), { kind: 'outcome' }),
    );
    const done = runCard(
      contextOf(aSwitchedRun({ state: 'completed', targetState: 'new', ...gone }), { kind: 'outcome' }),
    );
    expect(titlesOfActions(failed)).not.toContain('Roll back…');
    expect(titlesOfActions(done)).not.toContain('Roll back…');
    expect(textOf(done)).toContain('no longer kept');
  }
});

test('a refresh that a later one has replaced › says so on each of its cards, and offers nothing that is past', () => {
  for (const state of ['success-replaced', 'run-replaced']) {
    const card = stateCard(state);
    const text = textOf(card);
    expect(text).toContain('UAT held PROD of');
    expect(text).toContain('R-1043 switched UAT to another database');
    expect(text).not.toMatch(/now holds|is possible until|no longer kept/);
    expect(titlesOfActions(card).filter((title) => !/^(Open UAT|Report|Get log)$/.test(title))).toEqual([]);
  }
  const accepted = stateCard('failure-replaced');
  expect(textOf(accepted)).toContain('R-1043 switched UAT');
  expect(titlesOfActions(accepted)).not.toContain('Roll back…');
  expect(textOf(stateCard('history'))).toContain('Replaced');
});

test('rollback › is offered behind a failed switch for as long as nobody has decided', () => {
  const late = { failure, previousKeptUntil: '2026-11-22T20:00:00.000Z', isPreviousRetired: false };
  for (const state of ['failed', 'rollback-failed'] as const) {
    const card = runCard(contextOf(aSwitchedRun({ state, ...late }), { kind: 'outcome' }));
    expect(titlesOfActions(card)).toContain('Roll back UAT');
    expect(textOf(card)).toContain('somebody decides');
  }
});

test('a target that was not brought online › is not said to be in use', () => {
  const failed = runCard(
    contextOf(aSwitchedRun({ state: 'failed', targetState: 'new', failure }), { kind: 'outcome' }),
  );
  expect(textOf(failed)).toContain('but was not brought online');
  expect(textOf(failed)).not.toContain('stays closed');
  const back = runCard(
    contextOf(aSwitchedRun({ state: 'rollback-failed', targetState: 'old', failure }), { kind: 'outcome' }),
  );
  expect(textOf(back)).toContain('holds its former database again, but was not brought back online');
});

test('a target of which nothing answers › is not said to hold anything', () => {
  for (const state of ['failed', 'rollback-failed'] as const) {
    const run = aSwitchedRun({ state, targetState: 'none', failure });
    for (const one of [run, { ...run, acceptedBy: mira }])
      expect(textOf(runCard(contextOf(one, { kind: 'outcome' })))).not.toMatch(/holds|the new database\b(?! serves)/);
    expect(textOf(runCard(contextOf(run, { kind: 'outcome' })))).toContain('Nothing answers as UAT');
  }
});

test('a rollback that failed behind its swap › says what is left as it is before it is left', () => {
  const run = aSwitchedRun({ state: 'rollback-failed', targetState: 'old', failure });
  const text = textOf(runCard(contextOf(run, { kind: 'outcome' })));
  expect(text).toContain('UAT keeps its former database, and you bring it online yourselves');
  expect(text).not.toContain('with the new database');
});

test('a target that was left as it is and rolled back later › is its own again', () => {
  const run = aSwitchedRun({ state: 'rolled-back', targetState: 'old', failure, acceptedBy: mira });
  expect(textOf(runCard(contextOf(run)))).toContain('🟢 UAT is as it was before the run, and in use.');
});

test('the rolled back card › says what a rollback after success took along, also at the second attempt', () => {
  const rolledBack = (run: Run) =>
    textOf(runCard(contextOf({ ...run, state: 'rolled-back', failure }, { kind: 'outcome' })));
  const steps = aSwitchedRun().steps.map((step) => ({ ...step, state: 'done' as const }));
  expect(rolledBack(aSwitchedRun({ steps }))).toContain('went with it');
  expect(rolledBack(aSwitchedRun({ steps: stepsUntil('synchronize-database') }))).toContain('did not take effect');
});

test('the cutover warning › says that the switch will not come once somebody has stopped it', () => {
  const cutover = { kind: 'on-click', at: '2026-11-22T21:00:00.000Z', pressedBy: mira } as const;
  const run = aStartedRun({ state: 'awaiting-cutover', cutover, stopRequestedBy: mira });
  expect(textOf(runCard(contextOf(run, { kind: 'cutover' })))).toContain('Stop requested by **Mira Okafor**');
});

test('the cutover message › of a switch long past does not say that it begins', () => {
  const run = aSwitchedRun({ state: 'completed', targetState: 'new' });
  expect(textOf(runCard(contextOf(run, { kind: 'cutover' })))).toContain('UAT was switched');
});

test('the moving card › takes percentages only from the step that is running', () => {
  const run = aStartedRun({ steps: stepsUntil('sanitize') });
  const late = { runId: 'R-1042', step: 'restore-beside', percent: 99, detail: 'late news' } as const;
  const text = textOf(runCard(contextOf(run, { progress: late })));
  expect(text).not.toContain('99 %');
  expect(text).not.toContain('late news');
  expect(text).toContain('**Step 4 of 12** · Sanitize the copy');
});

test('the moving card › names who asked to stop', () => {
  expect(textOf(runCard(contextOf({ ...aStartedRun(), stopRequestedBy: mira })))).toContain(
    'Stop requested by **Mira Okafor**',
  );
});

test('a link › stands on a card only with an address that is safe to open', () => {
  const links = [
    'javascript:alert(1)',
    'http://rewind.example/log',
    'https://user:pw@rewind.example/',
    'not a url',
    'data:text/html,x',
  ];
  for (const logUrl of links) {
    expect(titlesOfActions(runCard(contextOf(aStartedRun(), { logUrl })))).not.toContain('Get log');
  }
  const loopback = contextOf(aStartedRun(), { logUrl: 'http://127.0.0.1:3978/logs/R-1042' });
  expect(titlesOfActions(runCard(loopback))).toContain('Get log');
});

test('a long environment name › gives way to the general wording on buttons', () => {
  const card = runCard(contextOf(aRun(), { targetTitle: 'Integration test Berlin' }));
  expect(titlesOfActions(card)).toEqual(['Replace sandbox', 'Change time', 'Cancel']);
  expect(textOf(card)).toContain('Integration test Berlin');
});

function stateCard(name: string): Card {
  const state = CARD_STATES.find((each) => each.name === name);
  if (!state) throw new Error(`No card state is called ${name}.`);
  return state.card();
}

function inputOf(card: Card, id: string) {
  return ofType(card, /^Input\./).find((node) => node.id === id) ?? {};
}

function dataOf(card: Card, verb: string) {
  return ofType(card, /^Action\.Execute$/).find((node) => node.verb === verb)?.data;
}

test('a proof that is made once more behind the switch › stands below it, and the one before it stays where it was', () => {
  const beforeSwitch = { detail: '22 rules proved' };
  const steps = stepsUntil('synchronize-database').map((step) =>
    step.name === 'verify-sanitization'
      ? { name: step.name, state: 'waiting' as const, detail: '', beforeSwitch }
      : step,
  );
  const rows = (run: Run) =>
    stepRows(subjectOf(contextOf(run)).r, run)
      .slice(5)
      .map(({ glyph, title, detail }) => `${glyph} ${title} ${detail}`.trim());
  const run = aSwitchedRun({ steps });
  expect(rows(run)).toEqual([
    '✅ Prove the sanitization 22 rules proved',
    '✅ Wait for the switch',
    '✅ Carry over the sandbox’s settings',
    '✅ Stop services',
    '✅ Switch the databases',
    '🔄 Synchronize the database',
    '⚪ Prove the sanitization once more',
    '⚪ Bring the sandbox online',
  ]);
  const known = aSwitchedRun({ steps: steps.map(({ name, state, detail }) => ({ name, state, detail })) });
  expect(rows(known)[0]).toBe('✅ Prove the sanitization');
  expect(rows({ ...run, state: 'rolled-back' })[0]).toBe('✅ Prove the sanitization 22 rules proved');
});
