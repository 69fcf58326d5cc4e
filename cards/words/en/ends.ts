import { rich, raw, safe, type Md, type Name, type Raw, type Safe } from '../../text.ts';

/** Words of the cards at the end of a run: success, failure, rollback, aborted. */
export const ends = {
  success: {
    subtitle: (run: Safe, at: Safe, took: Safe) => rich`Run ${run} · finished ${at} · took ${took}`,
    signedOffSubtitle: (run: Safe, by: Md) => rich`Run ${run} · signed off by ${by}`,
    sanitized: rich`Proof`,
    sanitizedText: (detail: Md) => rich`✅ ${detail}`,
    figures: rich`Time`,
    figuresText: (total: Safe, restore: Safe, sanitize: Safe) =>
      safe`${total} in all: restore ${restore}, sanitization ${sanitize}`,
    offline: (target: Name) => rich`${target.md} offline`,
    offlineText: (unavailable: Safe, swap: Safe) => safe`${unavailable}, of which the switch itself ${swap}`,
    nextSteps: rich`Next steps for Admin`,
    tick: rich`tap to tick off`,
    doneBy: (by: Md) => rich`done by ${by}`,
    tickTitle: (title: Raw) => raw`Done: ${title}`,
    rollbackUntil: (target: Name, until: Safe) =>
      rich`↩️ Rollback to the former ${target.md} is possible until **${until}**.`,
    rollbackOpen: (target: Name) => rich`↩️ Rollback to the former ${target.md} is possible.`,
    noRollback: (target: Name) => rich`The former database of ${target.md} is no longer kept; this refresh is final.`,
    behind: (later: Safe, until: Safe) =>
      rich`↪️ The way back of this run (promised until **${until}**) is open only after ${later} is rolled back; its former database stays until **${until}**.`,
    onlyNewest: (target: Name) => rich`Only the newest refresh of ${target.md} can be rolled back.`,
    open: (target: Name) => raw`Open ${target.raw}`,
    openSandbox: raw`Open sandbox`,
    signOff: raw`Sign off…`,
    signOffEffect: (target: Name) => rich`The former database of ${target.md} is dropped, and with it the way back.`,
    signOffEnds: (run: Safe, until: Safe) => rich`The way back of ${run} (promised until **${until}**) ends with it.`,
    signOffOpen: (items: Md) => rich`Not ticked off yet: ${items}.`,
    signOffDone: rich`Every item of the checklist is ticked off.`,
    signOffTitle: (target: Name) => rich`Sign off the refresh of ${target.md}?`,
    signOffButton: (target: Name) => raw`Sign off ${target.raw}`,
    signOffSandbox: raw`Sign off sandbox`,
    rollBack: raw`Roll back…`,
    rollBackEffect: (target: Name) =>
      rich`${target.md} goes offline and becomes what it was before the run. Everything done in it since the switch is lost.`,
  },
  failure: {
    subtitle: (run: Safe, n: number, of: number, at: Safe) => rich`Run ${run} · step ${n} of ${of} · ${at}`,
    subtitlePlain: (run: Safe, at: Safe) => rich`Run ${run} · ${at}`,
    planning: safe`Planning`,
    rollback: safe`Rollback`,
    choose: raw`Choose a time`,
    at: rich`Recovery point`,
    code: rich`Code`,
    copyUntil: rich`Retry until`,
    copyKept: (until: Safe) => rich`**${until}**, from the closed copy`,
    retryBehind: rich`Retry`,
    retriedBehind: (target: Name) =>
      rich`goes on from this step, and proves the sanitization of ${target.md} again before anybody is let in`,
    undecided: rich`until somebody decides; the former database is kept that long`,
    until: (until: Safe) => rich`until **${until}**`,
    whatToDo: rich`**What to do**`,
    decide: (mentions: Md) => rich`${mentions}: this waits for a decision of yours.`,
    rollBack: (target: Name) => raw`Roll back ${target.raw}`,
    rollBackSandbox: raw`Roll back sandbox`,
    rollBackTooltip: (target: Name) => raw`Makes ${target.raw} what it was before this run`,
    retry: (n: number) => raw`Retry step ${n}`,
    planAgain: raw`Plan again`,
    steps: raw`Show steps`,
    accept: raw`Take over by hand…`,
    acceptEffect: (target: Name) =>
      rich`${target.md} stays closed with the new database, and you bring it online yourselves. Rewind does nothing more with it; a new refresh becomes possible.`,
    acceptOpenEffect: (target: Name) =>
      rich`${target.md} keeps the new database, and you bring it online yourselves. Rewind does nothing more with it; a new refresh becomes possible.`,
    acceptOldEffect: (target: Name) =>
      rich`${target.md} keeps its former database, and you bring it online yourselves. Rewind does nothing more with it; a new refresh becomes possible.`,
    acceptNoneEffect: (target: Name) =>
      rich`No database answers under the name of ${target.md}. Rewind brings none back; the log has the statements that do. A new refresh becomes possible.`,
    acceptButton: raw`Take over by hand`,
  },
  rollback: {
    runningSubtitle: (run: Safe, by: Md, at: Safe) => rich`Run ${run} · rollback by ${by}, since ${at}`,
    text: (target: Name) => rich`🔴 ${target.md} is closed to people until its former database is back in place.`,
    subtitle: (run: Safe, by: Md, took: Safe) => rich`Run ${run} · rolled back by ${by} · took ${took}`,
    holds: (target: Name) => rich`${target.md} now holds`,
    holdsText: (at: Safe) => safe`its own data of ${at}, both databases`,
    people: rich`People and jobs`,
    peopleText: safe`as before the run`,
    failedStep: rich`Failed step`,
    afterSuccess: (target: Name) =>
      rich`The refresh had succeeded; what was done in ${target.md} after the switch went with it.`,
    afterFailure: rich`The refresh did not take effect. Its log stays.`,
    failedText: (target: Name) =>
      rich`${target.md} was to become what it was before the run, and did not. Production is untouched.`,
    again: (target: Name) => raw`Roll back ${target.raw}`,
    planAgain: raw`Plan again`,
  },
  aborted: {
    titles: {
      rejected: (target: Name) => rich`The refresh of ${target.md} was rejected`,
      expired: (target: Name) => rich`The request to refresh ${target.md} expired`,
      stopped: (target: Name) => rich`The refresh of ${target.md} was stopped`,
      kept: (target: Name) => rich`The refresh of ${target.md} was cancelled`,
    },
    badges: { rejected: safe`Rejected`, expired: safe`Expired`, stopped: safe`Stopped`, kept: safe`Cancelled` },
    subtitle: (run: Safe, at: Safe) => rich`Run ${run} · ${at}`,
    how: rich`Ended`,
    by: rich`By`,
    requester: rich`Requested by`,
    at: rich`Recovery point`,
    reason: raw`Reason: `,
    untouched: (target: Name) => rich`🟢 ${target.md} is as it was before the request.`,
    stopped: (target: Name) =>
      rich`🟢 ${target.md} is as it was before the request; the closed copy beside it is dropped.`,
    planAgain: raw`Plan again`,
  },
  movedOn: {
    title: (target: Name) => rich`${target.md}: this is decided`,
    text: rich`The card of the run shows where it stands.`,
    replacedTitle: (target: Name) => rich`${target.md}: a newer message took this one’s place`,
    replacedText: rich`What is to be decided about this run stands there.`,
  },
};
