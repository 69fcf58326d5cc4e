import { md, raw, safe, type Md, type Name, type Raw, type Safe } from '../../text.ts';

/** Words of help, status, history and notices. */
export const lists = {
  help: {
    title: md`
Rewind: what you can type
    `,
    subtitle: md`
Every command answers with a card. Nothing runs without a plan, a confirmation and an approval.
    `,
    badge: safe`Help`,
    unknown: (typed: Raw) => raw`“${typed}” is not a command here. This is what can be typed:`,
    refresh: raw`Refresh a sandbox`,
    status: raw`Status`,
    history: raw`History`,
  },
  status: {
    title: md`
Sandboxes
    `,
    subtitle: (free: number, of: number) => md`${free} of ${of} free`,
    badge: safe`Status`,
    free: safe`Free`,
    moving: (state: Safe, percent: Safe) => safe`${state} ${percent}`,
    never: md`
never refreshed by Rewind
    `,
    last: (source: Name, at: Safe, run: Safe) => md`holds ${source.md} of ${at} (${run})`,
    busy: (run: Safe, by: Md) => md`${run} · ${by}`,
    window: (source: Name, from: Safe, to: Safe, asOf: Safe) =>
      md`${source.md} reachable from ${from} to ${to}, as of ${asOf}`,
    gaps: (count: number) => (count === 1 ? safe` (1 gap)` : safe` (${count} gaps)`),
    noWindow: (source: Name) => md`${source.md}: no recovery point reachable at present`,
    notSurveyed: (source: Name) => md`${source.md}: recovery window not measured yet`,
    view: (run: Safe) => raw`Open run ${run}`,
    refresh: raw`Refresh a sandbox`,
    history: raw`History`,
    again: raw`Update`,
    none: md`
No sandbox is set up for you.
    `,
  },
  history: {
    title: (target: Name) => md`Runs of ${target.md}`,
    titleAll: md`
Runs of all sandboxes
    `,
    subtitle: (count: number) =>
      count === 1
        ? md`
the last run
          `
        : md`the last ${count} runs, newest first`,
    badge: safe`History`,
    at: (at: Safe) => md`Recovery point ${at}`,
    noMoment: md`
No moment chosen
    `,
    ofTarget: (target: Name, line: Md) => md`${target.md} · ${line}`,
    who: (run: Safe, by: Md, at: Safe) => md`${run} · ${by} · ${at}`,
    view: (run: Safe) => raw`Open run ${run}`,
    empty: md`
No run yet.
    `,
    emptySubtitle: md`
type refresh to begin
    `,
    refresh: raw`Refresh a sandbox`,
    status: raw`Status`,
  },
  notice: {
    badges: { info: safe`Note`, refused: safe`Refused`, error: safe`Error` },
    subtitle: (run: Safe) => md`Run ${run}`,
    subtitles: {
      info: md`
Rewind
      `,
      refused: md`
Nothing has changed
      `,
      error: md`
Rewind
      `,
    },
    whatToDo: md`
**What to do**
    `,
    code: (code: Md) => md`Code ${code}`,
    view: raw`View run`,
  },
};
