import type { Drawing } from './cards.ts';

/** What somebody has begun in a card: to be found again in the card that takes its place. */
export interface Begun {
  /** By input: only what differs from what the card came with. */
  readonly values: ReadonlyMap<string, string>;
  /** Titles of the buttons whose forms are open. */
  readonly open: readonly string[];
  readonly focus: Focus | undefined;
}

interface Focus {
  readonly input: string;
  /** Of an input's fields, the one that is written in: a list of choices has many. */
  readonly field: number;
  readonly selection: readonly [number, number] | undefined;
}

/** @param carried what was put into the card when it was drawn: its inputs came with it, and it is somebody's typing all the same */
export function begunIn(drawing: Drawing, element: HTMLElement, carried: Begun['values']): Begun {
  const values = new Map<string, string>();
  for (const input of drawing.getAllInputs()) {
    const value = String(input.value ?? '');
    const isTyped = value !== defaultOf(input) || carried.has(input.id ?? '');
    if (input.id !== undefined && isTyped) values.set(input.id, value);
  }
  return {
    values,
    open: [...element.querySelectorAll<HTMLElement>('button[aria-expanded=true]')].map(titleOf),
    focus: focusIn(drawing),
  };
}

/** The card with these values in its inputs, instead of those it came with. */
export function withValues(node: unknown, values: Begun['values']): unknown {
  if (values.size === 0) return node;
  if (Array.isArray(node)) return node.map((item) => withValues(item, values));
  if (typeof node !== 'object' || node === null) return node;
  const inside = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withValues(value, values)]));
  const { type, id } = node as { readonly type?: unknown; readonly id?: unknown };
  const isInput = typeof type === 'string' && type.startsWith('Input.');
  return isInput && typeof id === 'string' && values.has(id) ? { ...inside, value: values.get(id) } : inside;
}

/** After the card stands in the page: its forms open again, the cursor where it was. */
export function goOn({ open, focus }: Begun, drawing: Drawing, element: HTMLElement): void {
  for (const button of element.querySelectorAll<HTMLElement>('button[aria-expanded=false]'))
    if (open.includes(titleOf(button))) button.click();
  const input = focus && drawing.getAllInputs().find(({ id }) => id === focus.input);
  const field = focus && fieldsOf(input?.renderedElement)[focus.field];
  field?.focus({ preventScroll: true });
  if (focus?.selection && hasSelection(field)) field.setSelectionRange(...focus.selection);
}

/** Every kind of input declares it for itself, as the text or number that the card came with. */
function defaultOf(input: object): string {
  const value = 'defaultValue' in input ? input.defaultValue : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function focusIn(drawing: Drawing): Focus | undefined {
  for (const { id, renderedElement } of drawing.getAllInputs()) {
    const field = fieldsOf(renderedElement).findIndex((one) => one === document.activeElement);
    const focused = document.activeElement;
    if (id === undefined || field < 0) continue;
    const selection = hasSelection(focused)
      ? ([focused.selectionStart ?? 0, focused.selectionEnd ?? 0] as const)
      : undefined;
    return { input: id, field, selection };
  }
  return undefined;
}

const fieldsOf = (element: HTMLElement | undefined) => [
  ...(element?.querySelectorAll<HTMLElement>('input, textarea, select') ?? []),
];

function hasSelection(element: Element | null | undefined): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === 'text');
}

const titleOf = (button: HTMLElement) => button.textContent ?? '';
