/** Where a command writes and looks for files; handed in so that tests read what people would. */
export interface CommandIo {
  out(text: string): void;
  err(text: string): void;
  /** One line typed by whoever sits there; empty where nobody does. */
  ask(question: string): Promise<string>;
  readonly cwd: string;
}

/** One word behind `rewind`. */
export interface CliCommand {
  readonly name: string;
  /** One line for `rewind help`. */
  readonly summary: string;
  readonly usage: string;
  /** @returns the exit code: 0 done, 1 refused, 2 unusable input. */
  run(args: string[], io: CommandIo): Promise<number>;
}
