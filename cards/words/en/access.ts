import type { NotClean } from '../../../engine/contracts.ts';
import { rich, raw, safe, type Md, type Name, type Safe } from '../../text.ts';

/** Words of who approves, who keeps a sandbox, what is urgent, and who reads the copy beside the application. */
export const access = {
  approvals: {
    title: rich`Approval`,
    two: safe`by two people, neither of whom had a hand in the plan`,
    none: (run: Safe) => rich`nobody has to: personal data is replaced, and the report of ${run} was clean`,
    notClean: (why: Safe) => rich`by one person, though the policy would let nobody: ${why}`,
    whyNotClean: {
      'no-personal-data': safe`the pack personal-data does not run, or did not in the last refresh`,
      'no-report': safe`there is no report of what the sandbox holds`,
      'not-signed': safe`the last report is not signed by a key that is known here`,
      'packs-changed': safe`the packs are not those of the last report`,
      'not-searched': safe`the last report says nothing of a search for production’s values`,
      sampled: safe`a proof of the last report has not looked at every row`,
      findings: safe`the last report has findings`,
    } satisfies Record<NotClean, Safe>,
    wanted: rich`Two people have to approve this.`,
    first: (by: Md, at: Safe) =>
      rich`✅ **1 of 2 approved** by **${by}**, ${at}. A second person has to approve as well.`,
    lapsed: (by: Md) => rich`⚠️ The approval of **${by}** does not count: they may no longer approve.`,
    both: (first: Md, firstAt: Safe, second: Md, at: Safe) =>
      rich`✅ Approved by **${first}**, ${firstAt}, and by **${second}**, ${at}.`,
    lastTwo: (names: Md) =>
      rich`🔐 Only **${names}** are left to approve this, and it takes two, so somebody else has to choose the moment and confirm. **New draft** starts over.`,
  },
  reach: {
    title: rich`Read it without the app`,
    counts: (administrators: number, owners: number) =>
      rich`${administrators === 1 ? safe`1 administrator` : safe`${administrators} administrators`} of its server, ${owners === 1 ? safe`1 owner` : safe`${owners} owners`} of its databases`,
    administrators: (names: Md) => rich`Administrators of the server: ${names}`,
    owners: (names: Md) => rich`Owners of its databases: ${names}`,
    nobody: safe`nobody`,
    more: (count: number) => safe`${count} more`,
    incomplete: safe`⚠️ Rewind’s own login does not see all of them.`,
  },
  reservation: {
    last: (by: Md, from: Safe, until: Safe, reason: Md) =>
      rich`📌 Last reservation: by ${by}, from ${from} until ${until}: ${reason}`,
    short: (by: Md, until: Safe, since: Safe, reason: Md) =>
      rich`📌 reserved by ${by} until ${until}, for ${since} so far: ${reason}`,
    note: (target: Name, by: Md, until: Safe, since: Safe) =>
      rich`📌 **${target.md} is reserved by ${by} until ${until}**, since ${since}. Nobody else confirms a refresh of it without taking it over.`,
    release: raw`Release`,
    takeOver: raw`Take over…`,
    takeOverButton: raw`Take it over`,
    takeOverEffect: (by: Md) => rich`It is yours until the same end. That is recorded, and ${by} is told.`,
    why: raw`What do you need it for?`,
    whyMissing: raw`Give a short reason.`,
  },
  urgent: {
    badge: safe`Urgent`,
    reason: raw`Why is it urgent? Everybody who is told reads it`,
    unseen: (line: Md) => rich`${line} · **not acknowledged yet**`,
    inList: (state: Safe) => safe`🚨 ${state}`,
    title: (target: Name, source: Name) => rich`Urgent: replace ${target.md} from ${source.md}`,
    waitingTitle: (target: Name) => rich`The urgent refresh of ${target.md} starts soon`,
    note: (by: Md) => rich`🚨 **Urgent.** ${by} asks for it, and nobody approves it.`,
    plan: (delay: Safe) =>
      rich`nobody approves it: it starts ${delay} after it is confirmed, unless somebody stops it, and is acknowledged afterwards`,
    starts: (line: Md, at: Safe) => rich`${line} · starts ${at}`,
    ask: (mentions: Md, requester: Md, target: Name, at: Safe) =>
      rich`${mentions}: 🚨 **${requester}** replaces **${target.md}** without an approval. It starts **${at}** unless somebody stops it.`,
    askNobody: (requester: Md, target: Name, at: Safe) =>
      rich`🚨 **${requester}** replaces **${target.md}** without an approval. It starts **${at}** unless somebody stops it.`,
    waiting: (at: Safe) =>
      rich`Everybody with a role for it is told, and can stop it. Undisturbed, it starts **${at}**.`,
    halt: raw`Stop it`,
    wentAhead: rich`🚨 Nobody has stopped it, so it started.`,
    unacknowledged: rich`🚨 **Urgent, and not acknowledged yet.** Somebody who may approve, and had no hand in it, says that they have seen it.`,
    acknowledge: raw`Acknowledge`,
    acknowledged: (by: Md, at: Safe) => rich`🚨 Urgent: nobody approved it. Acknowledged by **${by}**, ${at}.`,
  },
};
