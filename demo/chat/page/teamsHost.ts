/** How Teams looks, near enough to judge layout: colours and spacings for the reference renderer, light and dark. */
export type Theme = 'light' | 'dark';

interface Palette {
  readonly page: string;
  readonly card: string;
  readonly text: string;
  readonly subtle: string;
  readonly line: string;
  readonly field: string;
  readonly containers: Readonly<Record<'emphasis' | 'accent' | 'good' | 'warning' | 'attention', string>>;
  readonly colors: Readonly<Record<'accent' | 'good' | 'warning' | 'attention', string>>;
}

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    page: '#ebebeb',
    card: '#ffffff',
    text: '#242424',
    subtle: '#616161',
    line: '#d1d1d1',
    field: '#ffffff',
    containers: { emphasis: '#f5f5f5', accent: '#e8ebfa', good: '#eef7ee', warning: '#fff8df', attention: '#fdf1f1' },
    colors: { accent: '#5b5fc7', good: '#0e700e', warning: '#835b00', attention: '#b10e1c' },
  },
  dark: {
    page: '#141414',
    card: '#292929',
    text: '#ffffff',
    subtle: '#b3b3b3',
    line: '#525252',
    field: '#1f1f1f',
    containers: { emphasis: '#1f1f1f', accent: '#2f2f4a', good: '#143314', warning: '#3d3110', attention: '#451c20' },
    colors: { accent: '#aeb1ff', good: '#7fd27f', warning: '#ffd54a', attention: '#ff9aa2' },
  },
};

const FONT = '"Segoe UI", "Noto Sans", "Noto Sans Arabic", "Noto Color Emoji", sans-serif';

function fontType(fontFamily: string): object {
  return {
    fontFamily,
    fontSizes: { small: 12, default: 14, medium: 16, large: 20, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
  };
}

export function hostConfig(theme: Theme, width: number): object {
  const { text, subtle, colors, containers, card } = PALETTES[theme];
  const color = (value: string) => ({ default: value, subtle: value });
  const foregroundColors = {
    default: { default: text, subtle },
    accent: color(colors.accent),
    good: color(colors.good),
    warning: color(colors.warning),
    attention: color(colors.attention),
    light: color(subtle),
    dark: color(text),
  };
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  return {
    fontFamily: FONT,
    spacing: { small: 6, default: 10, medium: 16, large: 22, extraLarge: 30, padding: 16 },
    separator: { lineThickness: 1, lineColor: PALETTES[theme].line },
    fontTypes: { default: fontType(FONT), monospace: fontType('Consolas, "Noto Sans Mono", monospace') },
    containerStyles: {
      default: style(card),
      emphasis: style(containers.emphasis),
      accent: style(containers.accent),
      good: style(containers.good),
      warning: style(containers.warning),
      attention: style(containers.attention),
    },
    textBlock: { headingLevel: 2 },
    factSet: {
      title: { color: 'default', weight: 'bolder', maxWidth: width < 400 ? 110 : 160, wrap: true },
      value: { color: 'default', weight: 'default', wrap: true },
      spacing: 12,
    },
    inputs: {
      label: {
        inputSpacing: 'none',
        requiredInputs: { suffix: ' *', suffixColor: 'attention', weight: 'bolder' },
        optionalInputs: { weight: 'bolder' },
      },
    },
    actions: {
      maxActions: 6,
      spacing: 'medium',
      buttonSpacing: 8,
      showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
      actionsOrientation: width < 400 ? 'vertical' : 'horizontal',
      actionAlignment: width < 400 ? 'stretch' : 'left',
    },
  };
}

/** What the renderer leaves to the page it draws on. */
export function cardStyles(theme: Theme): string {
  const { card, text, subtle, line, field, colors } = PALETTES[theme];
  const filled = { accent: '#5b5fc7', good: '#13a10e', warning: '#fde300', attention: '#c50f1f' };
  return `
    * { box-sizing: border-box; }
    .box { background: ${card}; border: 1px solid ${theme === 'dark' ? line : '#e0e0e0'}; border-radius: 6px; overflow: hidden;
      margin-bottom: 16px; break-inside: avoid; contain: content; box-shadow: 0 1px 3px rgb(0 0 0 / 14%); color: ${text}; }
    .box .ac-adaptiveCard { padding-bottom: 16px; background: transparent !important; }
    .ac-adaptiveCard:focus { outline: none; }
    a { color: ${colors.accent}; }
    p { margin: 0 0 2px; }
    .ac-richTextBlock, .ac-fact-value, .ac-fact-value div, .ac-input-label-container * { overflow-wrap: anywhere !important; }
    button { font: 600 14px "Segoe UI", "Noto Sans", "Noto Sans Arabic", sans-serif; min-height: 32px; padding: 5px 14px; border-radius: 4px;
      border: 1px solid ${line}; background: transparent; color: ${text}; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    button.style-positive { background: #5b5fc7; border-color: #5b5fc7; color: #fff; }
    button.style-destructive { color: ${colors.attention}; border-color: ${colors.attention}; }
    .ac-input, select, input, textarea { font: 14px "Segoe UI", "Noto Sans", "Noto Sans Arabic", sans-serif; color: ${text}; }
    input:not([type=radio], [type=checkbox]), select, textarea { width: 100%; min-height: 32px; padding: 4px 10px; border: 1px solid ${line};
      border-bottom-color: ${subtle}; border-radius: 4px; background: ${field}; color-scheme: ${theme}; }
    input[type=radio] { width: 17px; height: 17px; margin: 3px 0; accent-color: ${colors.accent}; flex: none; }
    input::placeholder { color: ${subtle}; }
    .ac-choiceSetInput-expanded { margin: 3px 0; }
    .badge { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 12px; line-height: 18px; font-weight: 600; white-space: nowrap; color: #fff; }
    .badge.accent { background: ${filled.accent}; } .badge.good { background: ${filled.good}; }
    .badge.warning { background: ${filled.warning}; color: #242424; } .badge.attention { background: ${filled.attention}; }
    .badge.informative { background: ${subtle}; color: ${card}; }
    .bar { height: 4px; border-radius: 2px; background: ${theme === 'dark' ? line : '#e0e0e0'}; overflow: hidden; }
    .bar > div { height: 100%; border-radius: 2px; background: ${colors.accent}; }
    .code { padding: 8px 10px; border: 1px solid ${line}; border-radius: 4px; background: ${theme === 'dark' ? field : '#fafafa'};
      font: 12px/17px Consolas, "Noto Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; color: ${text}; }
    .mention { color: ${colors.accent}; font-weight: 600; }
    .ac-selectable { cursor: pointer; }
  `;
}
