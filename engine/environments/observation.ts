export interface Observation {
  /**
   * Under the target's name: the database from before this run, this run's copy, nothing that answers (between the halves of
   * a swap, or because the server is down), or, with several databases, some of each. `swap` finishes what is half done,
   * `swap-back` undoes it.
   */
  readonly target: 'old' | 'new' | 'none' | 'split';
  /** Whether ordinary logins reach the database under the target's name. */
  readonly isOpen: boolean;
  readonly artefacts: readonly Artefact[];
}

export interface Artefact {
  readonly role: 'target' | 'incoming' | 'previous';
  /** Name on the server (a database or a folder). */
  readonly name: string;
  /** The run whose mark the database carries; absent on databases that Rewind has not made. */
  readonly runId?: string;
  /** After `swap-back` the copy may be `stopped`: `restore` starts it again. */
  readonly state: 'restoring' | 'closed' | 'open' | 'stopped';
  /** On the source's server; absent: on the target's. */
  readonly at?: 'source';
}
