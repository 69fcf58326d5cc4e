import { rich, raw, safe, type Md, type Name, type Safe } from '../../text.ts';

/** Words about what a proof has found, and who answers for it. */
export const exceptions = {
  exception: {
    title: (target: Name) => rich`${target.md}: a proof has found something in the copy`,
    titleAccepted: (target: Name) => rich`${target.md}: what was found is accepted`,
    titleOver: (target: Name) => rich`${target.md}: what was found is accepted by nobody`,
    subtitleOver: (run: Safe) => rich`Run ${run}`,
    subtitle: (run: Safe) => rich`Run ${run} · the copy stays closed, the sandbox in use`,
    ask: (mentions: Md, target: Name) =>
      rich`${mentions}: you answer for the data of ${target.md}. It is switched only if you accept exactly what stands below.`,
    askNobody: (target: Name) =>
      rich`Whoever answers for the data of ${target.md} decides. It is switched only if exactly what stands below is accepted.`,
    nobodyLeft: (target: Name) =>
      rich`Nobody is left who may accept it: whoever answers for the data of ${target.md} has asked or approved.`,
    accepted: (by: Md, until: Md) => rich`Accepted by **${by}** until **${until}**.`,
    earlier: (by: Md, until: Md, run: Safe) => rich`Accepted by **${by}** until **${until}**, of ${run}.`,
    over: rich`Nobody has accepted it; the target is as it was.`,
    found: (place: Md, count: Md) => rich`**${place}** · ${count}`,
    rows: (count: Safe) => safe`${count} rows`,
    row: safe`1 row`,
    values: (count: Safe) => safe`${count} of the values looked at`,
    isNew: safe`since the columns were accepted`,
    more: (count: number) => rich`And ${count} more: the log has every place.`,
    moreTitle: rich`Further`,
    waitsUntil: rich`Waits until`,
    neither: rich`Keys, passwords, addresses of other systems and rules that did not do their work are never accepted.`,
    reminder: (until: Safe) =>
      rich`⏰ Still undecided. Without a decision the refresh fails on ${until}, and the sandbox stays as it is.`,
    accept: raw`Accept…`,
    acceptEffect: (target: Name, staysDisabled: boolean) =>
      rich`What stands above comes into ${target.md}, for everybody who works there. ${staysDisabled ? safe`The users whom its profile brings back stay disabled: nobody but Admin is enabled. ` : safe``}Your name, the reason and the day stand in the report and on every card.`,
    acceptButton: raw`Accept exactly this`,
    reason: raw`Why it may stay`,
    reasonMissing: raw`Say why: the report says it`,
    until: raw`Until (the last day)`,
    untilMissing: raw`Choose the last day`,
    fact: rich`Exceptions`,
    line: (count: number, by: Md, until: Md, reason: Md) =>
      rich`⚠️ ${count === 1 ? safe`1 finding` : safe`${count} findings`}, accepted by ${by} until ${until}: ${reason}`,
  },
};
