import type { Survey } from '../contracts.ts';

/** What a target's survey says of one of its sources. */
export const surveyFrom = (survey: Survey | undefined, source: string | undefined): Survey | undefined =>
  [survey, ...(survey?.others ?? [])].find((one) => one?.source === source);
