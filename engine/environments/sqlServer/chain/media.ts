import type { BackupDefect, BackupDevice } from './backupSet.ts';

export interface MediaFamily {
  readonly family_sequence_number: number;
  readonly mirror: number | null;
  readonly physical_device_name: string | null;
  readonly device_type: number | null;
}

export interface Media {
  readonly devices: readonly BackupDevice[];
  readonly defect: BackupDefect | null;
}

// backupmediafamily.device_type: 102 and 2 disk, 9 URL; 5 and 105 tape, 7 and 107 virtual devices (VSS, third parties).
const deviceKinds: ReadonlyMap<number, BackupDevice['kind']> = new Map([
  [2, 'disk'],
  [102, 'disk'],
  [9, 'url'],
]);

/**
 * The devices of the first complete mirror, in the order of their stripes.
 * A stripe is never taken from another mirror: one complete mirror is what every edition restores.
 */
export function chooseMedia(families: readonly MediaFamily[], familyCount: number): Media {
  if (families.length < 2) return checkMirror(families, familyCount);
  const mirrors = Map.groupBy(families, (family) => family.mirror ?? 0);
  const tried = [...mirrors]
    .sort(([left], [right]) => left - right)
    .map(([, members]) => checkMirror(members, familyCount));
  const complete = tried.find(({ defect }) => defect === null);
  return complete ?? mostComplete(tried);
}

function checkMirror(members: readonly MediaFamily[], familyCount: number): Media {
  const devices: BackupDevice[] = [];
  const missing: number[] = [];
  let foreign: string | undefined;
  for (let sequence = 1; sequence <= familyCount; sequence += 1) {
    const family = members.find((member) => member.family_sequence_number === sequence);
    const name = family?.physical_device_name ?? '';
    if (family === undefined || name === '') {
      missing.push(sequence);
      continue;
    }
    const kind = deviceKinds.get(family.device_type ?? -1);
    if (kind === undefined) foreign ??= name;
    else devices.push({ kind, name });
  }
  if (missing.length > 0) return { devices, defect: { kind: 'media-incomplete', missing, familyCount } };
  return { devices, defect: foreign === undefined ? null : { kind: 'device', name: foreign } };
}

function mostComplete(tried: readonly Media[]): Media {
  return tried.reduce((best, media) => (media.devices.length > best.devices.length ? media : best));
}
