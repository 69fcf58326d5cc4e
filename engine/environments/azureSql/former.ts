import type { DatabaseRole } from '../../contracts.ts';
import type { AzureAct } from './azureAct.ts';
import type { DatabaseResource } from './resourceManager/resources.ts';
import type { Placed } from './world.ts';

const keyOf = (role: DatabaseRole): string => `former-${role}`;

/** Durable before the first rename: which database the run puts aside, by the id that every rename leaves it. */
export async function noteFormer(
  { remembered, remember }: AzureAct,
  role: DatabaseRole,
  { properties: { databaseId } }: DatabaseResource,
): Promise<void> {
  if (remembered[keyOf(role)] !== databaseId) await remember(keyOf(role), databaseId);
}

/**
 * Whether what has the name of a run's former database is the one that it put aside. Of a run that did not note its id, the mark tells
 * that every switch leaves in the database it puts aside, and takes away when that comes back.
 */
export function isFormer({ remembered }: AzureAct, role: DatabaseRole, { resource, marks }: Placed): boolean {
  const noted = remembered[keyOf(role)];
  if (noted !== undefined) return noted === resource.properties.databaseId;
  return (marks?.get('Rewind.Before') ?? '') !== '';
}
