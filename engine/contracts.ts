/**
 * The shapes that cross rooms: a table of contents. Types and closed sets only, no behaviour. Everything is plain JSON;
 * instants are UTC, ISO 8601 (`2026-11-20T17:00:00.000Z`), durations and sizes carry their unit.
 */
export * from './contracts/people.ts';
export * from './contracts/environments.ts';
export * from './contracts/recovery.ts';
export * from './contracts/requests.ts';
export * from './contracts/plans.ts';
export * from './contracts/runs.ts';
export * from './contracts/traces.ts';
export * from './contracts/proofs.ts';
export * from './contracts/exceptions.ts';
export * from './contracts/reports.ts';
export * from './contracts/reach.ts';
export * from './contracts/freezes.ts';
export * from './contracts/reservations.ts';
export * from './contracts/announcements.ts';
export * from './contracts/profile.ts';
export * from './contracts/schedules.ts';
