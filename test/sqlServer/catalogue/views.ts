import { databaseViews } from './databaseViews.ts';
import { informationSchemaViews } from './informationSchema.ts';
import { keptViews } from './keptViews.ts';
import { msdbViews } from './msdbViews.ts';
import { principalViews } from './principalViews.ts';
import { serverViews } from './serverViews.ts';
import { sessionViews } from './sessionViews.ts';
import { tableViews } from './tableViews.ts';
import type { View } from './view.ts';

/** Every catalogue view by its name. To emulate another one, add it to the list of its family. */
export const views: ReadonlyMap<string, View> = new Map(
  [
    ...serverViews,
    ...sessionViews,
    ...databaseViews,
    ...tableViews,
    ...principalViews,
    ...informationSchemaViews,
    ...msdbViews,
    ...keptViews,
  ].map((view) => [view.name, view]),
);
