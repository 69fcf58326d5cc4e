type Properties<Tag extends keyof HTMLElementTagNameMap> = Partial<Omit<HTMLElementTagNameMap[Tag], 'style'>>;

/** An element with its properties and what stands in it. Texts are texts: nothing here is read as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties<Tag> = {},
  ...inside: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...inside);
  return made;
}

export function button(title: string, onClick: () => void, properties: Properties<'button'> = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', textContent: title, ...properties });
  made.addEventListener('click', onClick);
  return made;
}

/** Puts new controls in the place of old ones; whoever stood on one of them with the keyboard stands there again. */
export function replaceControls(place: HTMLElement, ...controls: readonly HTMLElement[]): void {
  const fields = () => [...place.querySelectorAll<HTMLElement>('button, input, select')];
  const focused = fields().findIndex((field) => field === document.activeElement);
  place.replaceChildren(...controls);
  fields()[focused]?.focus({ preventScroll: true });
}

export interface Choice {
  readonly value: string;
  readonly title: string;
}

export function choose(
  label: string,
  choices: readonly Choice[],
  chosen: string,
  onChoice: (value: string) => void,
): HTMLSelectElement {
  const options = choices.map(({ value, title }) =>
    element('option', { value, textContent: title, selected: value === chosen }),
  );
  const select = element('select', { ariaLabel: label }, ...options);
  select.addEventListener('change', () => onChoice(select.value));
  return select;
}
