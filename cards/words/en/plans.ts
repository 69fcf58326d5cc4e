import { md, raw, safe, type Md, type Name, type Raw, type Safe } from '../../text.ts';

/** Words of the cards before a run starts: choose, ask which, planning, plan, plan refused, approval. */
export const plans = {
  choose: {
    title: md`
Refresh a sandbox from production
    `,
    titleOf: (target: Name, source: Name) => md`Refresh ${target.md} from ${source.md}`,
    subtitle: (run: Safe) => md`Step 1 of 3 · Run ${run} · Nothing changes until you confirm the plan`,
    badge: safe`Step 1 of 3`,
    target: safe`Which sandbox is replaced?`,
    targetMissing: safe`Choose the sandbox to replace.`,
    sandbox: (title: Raw, detail: Raw) => raw`${title} · ${detail}`,
    window: (source: Name) => md`Recovery window of ${source.md}`,
    asOf: (at: Safe) => safe`as of ${at}`,
    noWindow: (source: Name) => md`⛔ No recovery point of ${source.md} can be reached at present.`,
    earliest: (ago: Safe) => safe`earliest · ${ago} ago`,
    latest: (ago: Safe) => safe`latest · ${ago} ago`,
    gap: (from: Safe, to: Safe, reason: Md) => md`⚠️ Not reachable: ${from} to ${to} (${reason})`,
    moreGaps: (count: number) => safe`⚠️ And ${count} more gaps; a moment inside one is refused.`,
    point: (source: Name) => raw`Restore ${source.raw} as it was at`,
    latestPick: (at: Safe) => safe`Latest possible · ${at}`,
    hourAgo: (at: Safe) => safe`1 hour ago · ${at}`,
    midnight: (at: Safe) => safe`Start of today · ${at}`,
    businessDay: (at: Safe) => safe`End of the last business day · ${at}`,
    weekAgo: (at: Safe) => safe`1 week ago · ${at}`,
    moment: (title: Raw, at: Safe) => raw`${title} · ${at}`,
    preview: raw`Preview plan`,
    other: raw`Other time…`,
    otherText: (from: Safe, to: Safe) => md`Any moment between **${from}** and **${to}**, except the gaps above.`,
    date: raw`Date`,
    dateMissing: raw`Choose a date in the recovery window.`,
    time: raw`Time`,
    timeMissing: raw`Enter a time, for example 18:00.`,
    zone: raw`Time zone of that time`,
    zoneMissing: raw`Choose a time zone.`,
    yourZone: (zone: Safe) => safe`${zone} · yours`,
    sourceZone: (zone: Safe, source: Name) => raw`${zone} · zone of ${source.raw}`,
    previewOther: raw`Preview this time`,
    seconds: (target: Raw) => raw`To the second: type refresh ${target} at 2026-11-20 18:00:30`,
    cancel: raw`Cancel`,
    noMoment: md`
No recovery point has been chosen yet.
    `,
    chooseMoment: raw`Choose moment`,
  },
  askWhich: {
    title: (clock: Safe) => md`Which ${clock}? It happened twice that night`,
    subtitle: (target: Name) => md`Refresh ${target.md} · Nothing changes until you confirm the plan`,
    badge: safe`One question`,
    text: (zone: Safe) => md`The clocks of ${zone} went back, so this wall time stands for two moments:`,
    first: md`
First, before the change
    `,
    second: md`
Second, after the change
    `,
    button: (clock: Safe, offset: Safe) => safe`${clock} (${offset})`,
    change: raw`Change moment`,
  },
  planning: {
    title: (target: Name) => md`Planning the refresh of ${target.md}…`,
    subtitle: (run: Safe) => md`Step 2 of 3 · Run ${run} · Nothing changes until you confirm the plan`,
    text: (source: Name) =>
      md`The recovery point, the restore chain of ${source.md} and every prerequisite are being checked. This card becomes the plan.`,
    badge: safe`Planning…`,
  },
  plan: {
    title: (target: Name) => md`Check the plan: ${target.md} will be replaced`,
    subtitle: (run: Safe, until: Safe) => md`Step 2 of 3 · Run ${run} · valid until ${until}`,
    viewTitle: (target: Name) => md`Plan: replace ${target.md}`,
    viewSubtitle: (run: Safe, at: Safe) => md`Run ${run} · made ${at}`,
    from: md`
From
    `,
    replace: md`
Replace
    `,
    at: md`
Recovery point
    `,
    duration: md`
Time needed
    `,
    estimate: (range: Safe, runs: number) =>
      safe`${range} (from ${runs === 1 ? safe`1 earlier run` : safe`${runs} earlier runs`})`,
    unknown: (target: Name) => md`unknown: this is the first refresh of ${target.md}`,
    unavailable: (target: Name) => md`${target.md} offline`,
    unavailableFor: (time: Safe) => safe`about ${time} at the switch`,
    unavailableUnknown: safe`unknown, from the switch to the end; in use until then`,
    reads: md`
Reads
    `,
    chain: (count: number, size: Safe | undefined) =>
      size
        ? safe`${count} ${count === 1 ? safe`backup` : safe`backups`}, ${size}`
        : safe`${count} ${count === 1 ? safe`backup` : safe`backups`}`,
    administrator: md`
Admin afterwards
    `,
    lostTitle: (target: Name) => md`**What is replaced in ${target.md}**`,
    lost: (target: Name, size: Safe | undefined) =>
      md`Everything, in both databases (application and Financial Reporting)${size ? md`: ${size}` : md``}. What people change in ${target.md} from now until the switch lives on only in the replaced database.`,
    kept: (keep: Safe, until: Safe) =>
      md`↩️ The replaced database is kept ${keep} after the switch, so at least until **${until}**, for a rollback. Signing off ends that earlier.`,
    checks: md`
Checks
    `,
    outcomes: { passed: safe`Passed`, warning: safe`Warning`, blocked: safe`Blocked` },
    bases: { measured: safe`measured`, declared: safe`declared`, 'not-applicable': safe`not applicable` },
    clearedTitle: (count: number) => md`🧹 **Cleared in the copy (${count})**`,
    keptTitle: (count: number, target: Name) => md`📌 **Kept from ${target.md} (${count})**`,
    nothing: md`
nothing
    `,
    showPassed: (count: number) => raw`Passed checks (${count})`,
    showData: raw`Data in detail`,
    confirm: (word: Raw) => raw`Type ${word} to confirm`,
    confirmWrong: (word: Raw) => raw`Type ${word} exactly as shown.`,
    reason: raw`Reason (the approver reads it; it stays in the journal)`,
    reasonExample: raw`For example: UAT round 3, ticket CHG-2211`,
    replaceButton: (target: Name) => raw`Replace ${target.raw}`,
    replaceSandbox: raw`Replace sandbox`,
    change: raw`Change moment`,
    keepButton: (target: Name) => raw`Keep ${target.raw}`,
    keepSandbox: raw`Keep sandbox`,
    keepTooltip: raw`Discards this plan. Nothing changes.`,
    speak: (target: Name, warnings: number) =>
      warnings === 0
        ? raw`Check the plan: ${target.raw} will be replaced.`
        : raw`Check the plan: ${target.raw} will be replaced. Warnings: ${warnings}.`,
  },
  refused: {
    title: (target: Name) => md`${target.md} cannot be refreshed like this`,
    subtitle: (run: Safe) => md`Run ${run} · nothing has changed`,
    badge: safe`Refused`,
    blocked: (count: number) =>
      count === 1
        ? md`
1 condition is not met
          `
        : md`${count} conditions are not met`,
    whatToDo: md`
**What to do**
    `,
    again: raw`Plan again`,
    code: md`
Code
    `,
  },
  waiting: {
    title: (target: Name) => md`Replacing ${target.md} awaits approval`,
    subtitle: (run: Safe, until: Safe) => md`Step 3 of 3 · Run ${run} · expires ${until}`,
    approvers: md`
Can approve
    `,
    text: md`
The request was sent. Nothing changes before somebody else approves exactly this plan.
    `,
    view: raw`View plan`,
  },
  approval: {
    title: (target: Name, source: Name) => md`Approve: replace ${target.md} from ${source.md}`,
    subtitle: (run: Safe, until: Safe) => md`Run ${run} · expires ${until}`,
    decidedSubtitle: (run: Safe) => md`Run ${run}`,
    ask: (mentions: Md, requester: Md, target: Name) =>
      md`${mentions}: **${requester}** asks to replace **${target.md}**. You decide; nobody approves their own request.`,
    askNobody: (requester: Md, target: Name) =>
      md`**${requester}** asks to replace **${target.md}**. Nobody approves their own request.`,
    warnings: md`
Warnings
    `,
    noWarnings: safe`✅ none`,
    requester: md`
Requested by
    `,
    approver: md`
Approved by
    `,
    reason: raw`Reason: `,
    noReason: raw`none given`,
    lost: (target: Name, size: Safe | undefined, until: Safe) =>
      md`Everything in ${target.md}${size ? md` (${size})` : md``} is replaced, and so is what people change there until the switch. Rollback is possible at least until **${until}**.`,
    approve: raw`Approve`,
    reject: raw`Reject…`,
    rejectEffect: (target: Name) => md`The request ends; ${target.md} stays as it is.`,
    why: (requester: Raw) => raw`Why? ${requester} reads it`,
    whyMissing: raw`Give a short reason.`,
    rejectButton: raw`Reject request`,
    view: raw`Full plan`,
    approvedBadge: safe`Approved`,
    approved: (by: Md, at: Safe) => md`✅ Approved by **${by}**, ${at}.`,
    rejected: (by: Md, at: Safe) => md`⛔ Rejected by **${by}**, ${at}.`,
    expired: (at: Safe) => md`⌛ Nobody decided in time; the request expired ${at}.`,
    withdrawn: (by: Md, at: Safe) => md`Withdrawn by **${by}**, ${at}.`,
    stopped: (by: Md, at: Safe) => md`Stopped by **${by}**, ${at}.`,
  },
};
