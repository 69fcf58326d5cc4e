import type { BackupDefect, BackupDevice, DeviceTrouble } from '../backupSet.ts';
import { isNowhere } from './mediaNames.ts';

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
const deviceKinds: ReadonlyMap<number, BackupDevice['kind'] | DeviceTrouble> = new Map([
  [2, 'disk'],
  [102, 'disk'],
  [9, 'url'],
  [5, 'tape'],
  [105, 'tape'],
  [7, 'virtual'],
  [107, 'virtual'],
]);

/**
 * The mirrors, those first that are complete, each with its devices in the order of the stripes.
 * A stripe is never taken from another mirror: one complete mirror is what every edition restores.
 */
export function listMirrors(families: readonly MediaFamily[], familyCount: number): readonly [Media, ...Media[]] {
  if (families.length < 2) return [checkMirror(families, familyCount)];
  const mirrors = [...Map.groupBy(families, (family) => family.mirror ?? 0)]
    .sort(([left], [right]) => left - right)
    .map(([, members]) => checkMirror(members, familyCount));
  const [first = checkMirror([], familyCount), ...others] = mirrors.toSorted(compareMirrors);
  return [first, ...others];
}

function checkMirror(members: readonly MediaFamily[], familyCount: number): Media {
  const devices: BackupDevice[] = [];
  const missing: number[] = [];
  let foreign: BackupDefect | undefined;
  for (let sequence = 1; sequence <= familyCount; sequence += 1) {
    const family = members.find((member) => member.family_sequence_number === sequence);
    const name = family?.physical_device_name?.trim() ?? '';
    if (family === undefined || name === '') {
      missing.push(sequence);
      continue;
    }
    const kind = kindOf(name, family.device_type);
    if (kind === 'disk' || kind === 'url') devices.push({ kind, name });
    else foreign ??= { kind: 'device', name, trouble: kind };
  }
  if (missing.length > 0) return { devices, defect: { kind: 'media-incomplete', missing, familyCount } };
  return { devices, defect: foreign ?? null };
}

function kindOf(name: string, deviceType: number | null): BackupDevice['kind'] | DeviceTrouble {
  const kind = deviceKinds.get(deviceType ?? -1) ?? 'unknown';
  return kind !== 'url' && isNowhere(name) ? 'nowhere' : kind;
}

/** Complete mirrors first, then the fullest. */
function compareMirrors(left: Media, right: Media): number {
  return (
    Number(left.defect !== null) - Number(right.defect !== null) ||
    (left.defect === null ? 0 : right.devices.length - left.devices.length)
  );
}
