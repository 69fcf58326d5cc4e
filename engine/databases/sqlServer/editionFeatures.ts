/** What a database has that an edition may not take, in words that follow “has”. */
export interface Feature {
  readonly feature: string;
  readonly remedy: string;
}

const otherServer = 'Use a target server of production’s edition or a Developer edition.';
const otherFeature = { feature: 'a feature', remedy: otherServer };
const features: Readonly<Record<number, Feature>> = {
  905: { feature: 'a partition function', remedy: `${otherServer} From 2016 SP1 on every edition takes it.` },
  909: { feature: 'compressed tables', remedy: `${otherServer} From 2016 SP1 on every edition takes them.` },
  932: { feature: 'change tracking', remedy: otherServer },
  934: { feature: 'change data capture', remedy: otherServer },
  1827: { feature: 'more data than Express holds', remedy: 'Use another edition, a Developer edition for instance.' },
  33117: { feature: 'transparent data encryption', remedy: `${otherServer} Standard takes it from 2019 on.` },
  41381: { feature: 'a memory-optimized filegroup', remedy: otherServer },
};

/** By the number with which the server does not start, or not place, the database. */
export const featureOf = (number: number): Feature => features[number] ?? otherFeature;
