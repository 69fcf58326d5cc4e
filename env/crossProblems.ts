import { groupProblems, membersOf } from './groups.ts';
import type { Outline } from './outline.ts';
import type { Misplaced } from './problems.ts';

const NAME = /^[a-z0-9-]{1,32}$/;

/** A sandbox that others may be refreshed from. */
const sourceAmong = (sandboxes: Outline['sandboxes'], name: string) =>
  sandboxes[name]?.backups === undefined ? undefined : sandboxes[name];

/** What one key alone cannot say: sources that exist, people who differ. */
export function crossProblems(outline: Outline): Misplaced[] {
  const { people, groups, sources, sandboxes, serves, webhooks } = outline;
  const problems: Misplaced[] = groupProblems(outline);
  const personOf = (id: string) => people.find(({ ids }) => ids.includes(id))?.ids[0] ?? id;
  for (const [key, named] of Object.entries({ groups, sources, sandboxes }))
    for (const name of Object.keys(named).filter((one) => !NAME.test(one)))
      problems.push({
        path: [key, name],
        reason: 'is not a name (small letters, digits and hyphens, 32 at most)',
        example: name
          .toLowerCase()
          .replaceAll(/[^a-z0-9-]+/g, '-')
          .slice(0, 32),
      });
  for (const [name, sandbox] of Object.entries(sandboxes)) {
    const place = ['sandboxes', name];
    if (name in sources)
      problems.push({ path: place, reason: 'is the name of a source as well', example: `${name}-sandbox` });
    for (const source of sandbox.sources) {
      const offered = sources[source] ?? sourceAmong(sandboxes, source);
      if (source === name)
        problems.push({
          path: [...place, 'sources'],
          standsAt: [...place, 'sources', sandbox.sources.indexOf(source)],
          reason: 'names the sandbox itself',
          example: Object.keys(sources)[0] ?? 'prod',
        });
      else if (!offered)
        problems.push({
          path: [...place, 'sources'],
          standsAt: [...place, 'sources', sandbox.sources.indexOf(source)],
          reason:
            source in sandboxes
              ? `${source} is a sandbox without backups of its own (backups)`
              : `there is no source “${source}”`,
          example: Object.keys(sources)[0] ?? 'prod',
        });
      else if (sandbox.provider !== '' && offered.provider !== sandbox.provider)
        problems.push({
          path: [...place, 'provider'],
          reason: `differs from that of ${source}`,
          example: offered.provider,
        });
    }
    problems.push(...onCallProblems(outline, name));
    // A group that nobody is in any more may leave nobody.
    const [requesters, approvers] = [sandbox.requesters, sandbox.approvers].map((whom) => membersOf(whom, groups));
    const isFourEyes = approvers?.some((approver) =>
      requesters?.some((requester) => personOf(requester) !== personOf(approver)),
    );
    const isSaid = sandbox.requesters.length > 0 && sandbox.approvers.length > 0;
    const people = [...new Set((approvers ?? []).map(personOf))];
    // Whoever asks approves nothing, so two others have to be left.
    const isSixEyes = requesters?.some((one) => people.filter((other) => other !== personOf(one)).length >= 2);
    if (isSaid && isFourEyes && sandbox.approvals === 'two' && !isSixEyes)
      problems.push({
        path: [...place, 'approvers'],
        reason: 'two people besides whoever asks have to approve (policy.approvals: two)',
        example: 'object ids of two more people',
      });
    for (const [n, one] of (sandbox.urgent ?? []).entries())
      for (const id of membersOf([one], groups).filter(
        (each) => !requesters?.some((other) => personOf(other) === personOf(each)),
      ))
        problems.push({
          path: [...place, 'urgent', n],
          reason: `${id === one ? 'is' : `has ${id} in it, who is`} not among the requesters`,
          example: sandbox.requesters[0] ?? '',
        });
    if (isSaid && !isFourEyes)
      problems.push({
        path: [...place, 'approvers'],
        reason: 'nobody could approve: a second person is needed',
        example: 'object ids of two different people',
      });
  }
  for (const [name, { packs, withoutPacks }] of Object.entries(sandboxes))
    if (packs.length > 0 && packs.every((each) => withoutPacks.some(({ pack }) => pack === each)))
      problems.push({
        path: ['sandboxes', name, 'withoutPacks'],
        reason: 'leaves no pack, so nothing would be sanitized',
        example: '',
      });
  for (const [index, { name, sandboxes: wanted }] of webhooks.entries()) {
    if (webhooks.findIndex((one) => one.name === name) < index)
      problems.push({ path: ['webhooks', String(index), 'name'], reason: 'stands there twice', example: `${name}-2` });
    for (const [at, sandbox] of wanted.entries())
      if (!(sandbox in sandboxes))
        problems.push({
          path: ['webhooks', String(index), 'sandboxes'],
          standsAt: ['webhooks', String(index), 'sandboxes', String(at)],
          reason: `there is no sandbox “${sandbox}”`,
          example: Object.keys(sandboxes)[0] ?? 'uat',
        });
  }
  for (const name of serves)
    if (!(name in sandboxes))
      problems.push({
        path: ['serves'],
        standsAt: ['serves', serves.indexOf(name)],
        reason: `there is no sandbox “${name}”`,
        example: Object.keys(sandboxes)[0] ?? 'uat',
      });
  return problems;
}

/** Whoever is called must be known by name, and able to do something about it. */
function onCallProblems({ people, groups, sandboxes }: Outline, name: string): readonly Misplaced[] {
  const sandbox = sandboxes[name];
  const onCall = sandbox?.schedules?.onCall;
  if (!sandbox || onCall === undefined) return [];
  const { requesters, approvers, operators = [...requesters, ...approvers], administrators = [] } = sandbox;
  const known = people.find(({ ids }) => ids.includes(onCall));
  const operates = membersOf([...operators, ...administrators], groups).some((id) => known?.ids.includes(id));
  if (operates) return [];
  const path = ['sandboxes', name, 'schedules', 'onCall'];
  return [{ path, reason: 'is nobody of people who operates the sandbox', example: 'the object id of an operator' }];
}
