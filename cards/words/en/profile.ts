import type { ProfilePart } from '../../../engine/contracts.ts';
import { rich, safe, type Md, type Safe } from '../../text.ts';

const many = (count: number, one: Safe, more: Safe): Safe => safe`${count} ${count === 1 ? one : more}`;
const rest = (left: number, one: Md, more = one): Md =>
  left === 0 ? rich`` : rich`; ${left} ${left === 1 ? one : more}`;

type Line = (done: number, left: number) => Md;

/** Words about how a sandbox comes up: what the plan allows, and what was done. */
export const profile = {
  profile: {
    title: rich`🧩 **Comes up with**`,
    /** Production decides the rest, and only its copy says how. */
    plan: {
      users: (done, left) =>
        rich`up to ${many(done, safe`user`, safe`users`)} in again, if they are so in production${rest(left, rich`not enabled here`)}`,
      roles: (done, left) =>
        rich`up to ${many(done, safe`role`, safe`roles`)} of its own; production’s go${rest(left, rich`never, as it administers`, rich`never, as they administer`)}`,
      jobs: (done, left) =>
        rich`up to ${many(done, safe`batch job`, safe`batch jobs`)}${rest(left, rich`never, as it sends`, rich`never, as they send`)}`,
      clients: (done, left) =>
        rich`${many(done, safe`application`, safe`applications`)} of its own; production’s go${rest(left, rich`not brought back`)}`,
      endpoints: (done, left) =>
        rich`${many(done, safe`endpoint`, safe`endpoints`)} of its own; production’s go${rest(left, rich`not brought back`)}`,
      settings: (done) => rich`${many(done, safe`row`, safe`rows`)} of settings, by key`,
      features: (done, left) =>
        rich`${many(done, safe`feature`, safe`features`)} as here${rest(left, rich`not known here`)}`,
      values: (done) => rich`${many(done, safe`value`, safe`values`)} of its own`,
      theme: () => rich`its own theme`,
      banner: (done) => rich`${many(done, safe`company picture`, safe`company pictures`)}`,
    } satisfies Record<ProfilePart, Line>,
    sequences: rich`number sequences of the source`,
    outcomeTitle: rich`Profile`,
    done: {
      users: (done, left) =>
        rich`${many(done, safe`user`, safe`users`)} enabled${rest(left, rich`stays disabled`, rich`stay disabled`)}`,
      roles: (done, left) => rich`${many(done, safe`role`, safe`roles`)} of its own${rest(left, rich`withheld`)}`,
      jobs: (done, left) =>
        rich`${many(done, safe`batch job`, safe`batch jobs`)} released${rest(left, rich`stays withheld`, rich`stay withheld`)}`,
      clients: (done, left) => rich`${many(done, safe`application`, safe`applications`)} back${rest(left, rich`not`)}`,
      endpoints: (done, left) => rich`${many(done, safe`endpoint`, safe`endpoints`)} back${rest(left, rich`not`)}`,
      settings: (done, left) => rich`${many(done, safe`row`, safe`rows`)} of settings kept${rest(left, rich`not`)}`,
      features: (done, left) => rich`${many(done, safe`feature`, safe`features`)} kept${rest(left, rich`not`)}`,
      values: (done, left) => rich`${many(done, safe`value`, safe`values`)} set${rest(left, rich`without a row`)}`,
      theme: () => rich`its own theme`,
      banner: (done) => rich`${many(done, safe`company picture`, safe`company pictures`)} kept`,
    } satisfies Record<ProfilePart, Line>,
  },
};
