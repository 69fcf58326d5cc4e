/** What may be done with a run, and why not: pure, and the same for journal, cards, chat, terminal and housekeeping. */
export * from './approvals.ts';
export * from './exceptions.ts';
export * from './freezing.ts';
export * from './people.ts';
export * from './refusal.ts';
export * from './reserving.ts';
export * from './roles.ts';
export * from './standing.ts';
export * from './targetStanding.ts';
export * from './tickets.ts';
export * from './waitsFor.ts';
export * from './wayBack.ts';
export * from './whyNot.ts';
