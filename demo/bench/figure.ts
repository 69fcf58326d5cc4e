/** One line of the page: what was measured, and the goal it is held against. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly goal?: { readonly text: string; readonly isMet: boolean };
}

/** A goal that is a limit. A figure that could not be taken meets none. */
export const atMost = (value: number, limit: number, text: string) => ({ text: `≤ ${text}`, isMet: value <= limit });

export function inSeconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

export function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`;
}

export function times(value: number): string {
  return `${value.toFixed(2)}×`;
}
