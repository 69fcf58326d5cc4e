import type { Role } from '../../../engine/contracts/mayBeDone/index.ts';
import { rich, raw, safe, type Md, type Raw, type Safe } from '../../text.ts';

/** Words of the cards that say who may what: whoami, the first words in a chat, and the overview. */
export const rights = {
  rights: {
    title: (name: Md) => rich`What ${name} may do`,
    subtitle: (count: number) => (count === 1 ? rich`one sandbox` : rich`${count} sandboxes`),
    badge: safe`Roles`,
    noRole: rich`You have no role for any sandbox yet, so Rewind shows you none.`,
    none: safe`nothing`,
    may: (what: Md) => rich`You may ${what}.`,
    roles: {
      viewer: safe`look at its runs`,
      requester: safe`ask for a refresh`,
      approver: safe`approve what others ask for`,
      operator: safe`stop, switch, roll back and sign off`,
      urgent: safe`ask for an urgent refresh that nobody approves`,
      administrator: safe`stop, switch, roll back and sign off`,
      'data-owner': safe`accept what a proof has found`,
    } satisfies Record<Role, Safe>,
    deeds: {
      schedule: safe`schedule refreshes`,
      reserve: safe`reserve it`,
      freeze: safe`freeze it`,
      home: safe`choose its home`,
    },
    approvers: (names: Md) => rich`Approve: ${names}`,
    others: (count: number) => safe`${count} more`,
    count: (count: number) => (count === 1 ? safe`one person` : safe`${count} people`),
    row: (line: Md, approvers: Md) => rich`${line} ${approvers}`,
    more: rich`More`,
    moreSandboxes: (count: number) => safe`${count} more ${count === 1 ? safe`sandbox` : safe`sandboxes`}: type status`,
    id: rich`Entra object id`,
    next: rich`**Next**`,
    askForRole: raw`Send your Entra object id to whoever looks after Rewind: they add it to environments.yaml, for a sandbox.`,
  },
  welcome: {
    title: rich`Rewind is here`,
    badge: safe`Hello`,
    forName: (name: Md) => rich`for ${name}`,
    subtitle: rich`in this conversation`,
    what: rich`It replaces a sandbox with production as it stood at a chosen moment: restored beside the sandbox, sanitized, proved, and only then switched. Production is never changed, and nothing runs before a second person has approved its plan.`,
    here: {
      personal: rich`Here you ask, follow what you asked for, and are asked for approvals. Nobody else reads this chat.`,
      shared: rich`Here everybody with a role can ask, approve and follow. What is asked for here is approved here. Rewind reads only what mentions it.`,
    },
    nextAsk: (sandbox: Raw) =>
      raw`Type refresh ${sandbox} to choose a moment and see the plan. Nothing changes until you confirm it and somebody else approves.`,
    nextWait: raw`Nothing for now: Rewind writes here when there is something for you to decide. Type status to look around.`,
    nextShared: (sandbox: Raw) =>
      raw`Type status to look around. Whoever may approve can type home ${sandbox}, so that requests from personal chats are brought here.`,
  },
};
