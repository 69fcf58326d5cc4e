import type { DatabaseResource } from '../resourceManager/resources.ts';

export interface Obstacle {
  readonly what: string;
  readonly remedy: string;
}

export interface Both {
  readonly sources: readonly (DatabaseResource | undefined)[];
  readonly targets: readonly (DatabaseResource | undefined)[];
}
