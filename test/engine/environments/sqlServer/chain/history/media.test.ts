import { expect, test } from 'vitest';
import { listMirrors } from '../../../../../../engine/environments/sqlServer/chain/history/media.ts';

const chooseMedia = (...given: Parameters<typeof listMirrors>) => listMirrors(...given)[0];

function family(sequence: number, mirror: number | null, name: string | null, type: number | null = 2) {
  return { family_sequence_number: sequence, mirror, physical_device_name: name, device_type: type };
}

test('media › come from the lowest complete mirror, in the order of the stripes', () => {
  const families = [family(2, 1, 'b1'), family(1, 1, 'a1'), family(2, 0, 'b0'), family(1, null, 'a0', 102)];
  expect(chooseMedia(families, 2)).toEqual({
    devices: [
      { kind: 'disk', name: 'a0' },
      { kind: 'disk', name: 'b0' },
    ],
    defect: null,
  });
});

test('media › of one file are taken from the second mirror when the first has lost its name', () => {
  expect(chooseMedia([family(1, 0, null), family(1, 1, 'b')], 1)).toEqual({
    devices: [{ kind: 'disk', name: 'b' }],
    defect: null,
  });
});

test('media › without one complete mirror name what is missing of the fullest', () => {
  expect(chooseMedia([family(3, 0, 'c'), family(1, 1, 'a'), family(3, 1, 'c')], 3)).toMatchObject({
    devices: [{ name: 'a' }, { name: 'c' }],
    defect: { kind: 'media-incomplete', missing: [2], familyCount: 3 },
  });
  expect(chooseMedia([family(1, 0, null)], 1).defect).toEqual({
    kind: 'media-incomplete',
    missing: [1],
    familyCount: 1,
  });
  expect(chooseMedia([family(2, 1, 'b'), family(1, 0, 'a')], 2)).toMatchObject({
    devices: [{ name: 'a' }],
    defect: { missing: [2] },
  });
  expect(chooseMedia([], 2).defect).toEqual({ kind: 'media-incomplete', missing: [1, 2], familyCount: 2 });
});

test('media › of tapes, virtual devices and unknown kinds are not restorable', () => {
  for (const [type, trouble] of [
    [5, 'tape'],
    [105, 'tape'],
    [7, 'virtual'],
    [107, 'virtual'],
    [6, 'unknown'],
    [null, 'unknown'],
  ] as const) {
    expect(chooseMedia([family(1, 0, 'x', type)], 1).defect).toEqual({ kind: 'device', name: 'x', trouble });
  }
});
