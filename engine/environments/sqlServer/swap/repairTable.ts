import type { Names } from '../names.ts';

/** What stands under the three names of one database during the swap of one run. */
export type Shape = `${'old' | 'new' | 'none'} ${'incoming' | '-'} ${'previous' | '-'}`;

export type SwapAction = 'swap' | 'swap-back';

/** Renames that lead from a shape to where the action wants to be, or why there is no way. */
export type Repair = readonly Rename[] | { readonly refusal: string };

export interface Rename {
  readonly from: keyof Names;
  readonly to: keyof Names;
}

const putAside: Rename = { from: 'target', to: 'previous' };
const bringIn: Rename = { from: 'incoming', to: 'target' };
const takeOut: Rename = { from: 'target', to: 'incoming' };
const putBack: Rename = { from: 'previous', to: 'target' };

const copyMissing = { refusal: 'there is no complete copy of this run beside the target' };
const previousMissing = { refusal: 'the database that this run replaced was dropped' };
const replacedLater = { refusal: 'a later refresh stands under the target’s name' };
const copyTwice = { refusal: 'a copy of this run stands under the target’s name and another beside it' };
const targetMissing = { refusal: 'the target database is missing and this run did not put it aside' };
const allMissing = { refusal: 'target, copy and former database are all missing' };
const previousTwice = {
  refusal: 'a former database of this run stands beside the target although the target was never replaced',
};

/**
 * Every state × action. A crash between two renames of a batch leaves one of these shapes for each database; the same
 * table leads on from all of them.
 */
export const repairTable: Readonly<Record<SwapAction, Readonly<Record<Shape, Repair>>>> = {
  swap: {
    'old incoming -': [putAside, bringIn],
    'none incoming previous': [bringIn],
    'new - previous': [],
    'new - -': [],
    'old - -': copyMissing,
    'old - previous': replacedLater,
    'old incoming previous': previousTwice,
    'none - previous': copyMissing,
    'none incoming -': targetMissing,
    'none - -': allMissing,
    'new incoming -': copyTwice,
    'new incoming previous': copyTwice,
  },
  'swap-back': {
    'new - previous': [takeOut, putBack],
    'none incoming previous': [putBack],
    'none - previous': [putBack],
    'old incoming -': [],
    'old - -': [],
    'old - previous': replacedLater,
    'old incoming previous': previousTwice,
    'new - -': previousMissing,
    'none incoming -': targetMissing,
    'none - -': allMissing,
    'new incoming -': copyTwice,
    'new incoming previous': copyTwice,
  },
};
