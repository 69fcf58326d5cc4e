import { databaseViews } from './databaseViews.ts';
import { msdbViews } from './msdbViews.ts';
import { serverViews } from './serverViews.ts';
import { sessionViews } from './sessionViews.ts';
import type { View } from './view.ts';

/** Every catalogue view by its name. To emulate another one, add it to the list of its family. */
export const views: ReadonlyMap<string, View> = new Map(
  [...serverViews, ...sessionViews, ...databaseViews, ...msdbViews].map((view) => [view.name, view]),
);
