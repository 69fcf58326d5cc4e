import { rich, raw, safe, type Md, type Name, type Safe } from '../../text.ts';

/** Whom the profile has let in again. */
const withUsers = (count: number): Md =>
  count === 0 ? rich`` : rich`, ${count} ${count === 1 ? safe`user` : safe`users`} of its profile`;

/** Words of the card that moves along with a run, and of the cutover warning. */
export const runs = {
  progress: {
    titles: {
      queued: (target: Name, source: Name) => rich`Refresh of ${target.md} from ${source.md}: queued`,
      'in-progress': (target: Name, source: Name) => rich`Refresh of ${target.md} from ${source.md}`,
      'awaiting-exception': (target: Name) => rich`${target.md}: a proof has found something in the copy`,
      'awaiting-cutover': (target: Name) => rich`${target.md} is ready to be switched`,
      completed: (target: Name, source: Name, at: Safe) => rich`${target.md} now holds ${source.md} of ${at}`,
      'signed-off': (target: Name, source: Name, at: Safe) => rich`${target.md} holds ${source.md} of ${at}`,
      failed: (target: Name) => rich`The refresh of ${target.md} failed`,
      'rollback-in-progress': (target: Name) => rich`Rolling ${target.md} back`,
      'rolled-back': (target: Name) => rich`${target.md} is back as it was before the run`,
      'rollback-failed': (target: Name) => rich`The rollback of ${target.md} failed`,
      aborted: (target: Name) => rich`The refresh of ${target.md} was stopped`,
    },
    replaced: (target: Name, source: Name, at: Safe, until: Safe) =>
      rich`${target.md} held ${source.md} of ${at} until ${until}`,
    subtitle: (run: Safe, at: Safe) => rich`Run ${run} · recovery point ${at}`,
    step: (n: number, of: number, title: Safe) => rich`**Step ${n} of ${of}** · ${title}`,
    waitingForWorker: rich`**Waiting to start** · it starts by itself`,
    rollingBack: rich`**Rollback** · the former database is put back`,
    started: (at: Safe, elapsed: Safe) => safe`Started ${at} · ${elapsed} elapsed`,
    left: (time: Safe) => safe`about ${time} left`,
    running: safe`running`,
    failed: safe`failed`,
    skipped: safe`skipped`,
    stopped: safe`stopped`,
    updated: (at: Safe, zone: Safe) => rich`Updated ${at} · ${zone} · this card updates itself`,
    ended: (at: Safe, zone: Safe) => rich`Ended ${at} · ${zone}`,
    stop: raw`Stop…`,
    goOn: raw`Go on`,
    stopEffect: (target: Name) =>
      rich`${target.md} has not been changed. Stopping drops the closed copy beside it and keeps ${target.md} as it is.`,
    stopButton: raw`Stop the refresh`,
    stopRequested: (by: Md) =>
      rich`✋ Stop requested by **${by}**. The refresh ends at the next safe place; the sandbox stays as it is.`,
    log: raw`Get log`,
    view: raw`View run`,
  },
  /** What the target is at this moment, in words: on every card of a run. */
  target: {
    heldTitle: rich`Held`,
    held: (target: Name, run: Safe) =>
      rich`⏳ Run ${run} holds ${target.md} at the moment. What would touch it is offered again once that has ended.`,
    inUse: (target: Name, step: number, title: Safe) =>
      rich`🟢 ${target.md} stays in use. It goes offline at step ${step}, ${title}.`,
    inUseFor: (target: Name, step: number, title: Safe, time: Safe) =>
      rich`🟢 ${target.md} stays in use. It goes offline at step ${step}, ${title}, for about ${time}.`,
    closing: (target: Name) => rich`🔴 ${target.md} is closed to people while its databases are switched.`,
    closedNew: (target: Name, source: Name) =>
      rich`🔴 ${target.md} holds the new database (${source.md} as of the recovery point) and is closed: people cannot sign in.`,
    closedOld: (target: Name) => rich`🔴 ${target.md} holds its former database and is closed: people cannot sign in.`,
    newNotOnline: (target: Name, source: Name, users: number) =>
      rich`🟠 ${target.md} holds the new database (${source.md} as of the recovery point) and lets Admin${withUsers(users)} and service accounts in, but was not brought online.`,
    oldNotOnline: (target: Name) =>
      rich`🟠 ${target.md} holds its former database again, but was not brought back online.`,
    none: (target: Name) =>
      rich`🔴 Nothing answers as ${target.md}: neither its former database nor the new one serves it as a whole.`,
    old: (target: Name) => rich`🟢 ${target.md} is as it was before the run, and in use.`,
    replaced: (target: Name, by: Safe, at: Safe) =>
      rich`⏹️ ${by} switched ${target.md} to another database on ${at}; what this run brought is no longer in use.`,
    new: (target: Name, users: number) =>
      rich`🟢 ${target.md} holds the new database and is open for Admin${withUsers(users)} and service accounts.`,
    accepted: (target: Name, by: Md) =>
      rich`🟠 ${target.md} was taken over by **${by}** with the new database, closed to people.`,
    acceptedOld: (target: Name, by: Md) =>
      rich`🟠 ${target.md} was taken over by **${by}** with its former database, not brought back online by Rewind.`,
    acceptedNone: (target: Name, by: Md) =>
      rich`🔴 ${target.md} was taken over by **${by}**: no database answered under its name.`,
    acceptedOpen: (target: Name, by: Md) =>
      rich`🟠 ${target.md} was taken over by **${by}** with the new database, not brought online by Rewind.`,
  },
  cutover: {
    title: (target: Name) => rich`${target.md} is about to be switched`,
    titleOnClick: (target: Name) => rich`${target.md} is ready: switch when it suits`,
    titleFrozen: (target: Name) => rich`${target.md} is ready, and waits for the end of a freeze`,
    frozen: (target: Name) =>
      rich`${target.md} stays in use. The switch is announced anew once the freeze is over or lifted.`,
    titleBegun: (target: Name) => rich`The switch of ${target.md} has begun`,
    titleDone: (target: Name) => rich`${target.md} was switched`,
    titleOver: (target: Name) => rich`The switch of ${target.md}: no longer due`,
    subtitle: (run: Safe) => rich`Run ${run} · the copy is restored, and every rule of its packs is proved`,
    at: (target: Name, at: Safe) => rich`${target.md} goes offline at **${at}**.`,
    switchAt: rich`Switch`,
    onClick: (target: Name) => rich`${target.md} stays in use until somebody presses **Switch now**.`,
    pressed: (by: Md) => rich`**${by}** pressed “Switch now”.`,
    finish: (target: Name) =>
      rich`Whoever works in ${target.md} should finish now: changes made until the switch live on only in the replaced database.`,
    lost: (target: Name) => rich`Changes made in ${target.md} until the switch live on only in the replaced database.`,
    unavailable: (target: Name) => rich`${target.md} offline`,
    about: (time: Safe) => safe`about ${time}`,
    until: rich`Waits until`,
    now: raw`Switch now`,
  },
};
