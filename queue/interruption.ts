/** Why a worker's signal is aborted: it shuts down, or the target may be another's by now. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  readonly why: 'shutdown' | 'lock lost';

  constructor(why: 'shutdown' | 'lock lost') {
    super(why);
    this.why = why;
  }
}
