import type { RunState } from '../engine/contracts.ts';
import type { Reader } from './reader.ts';
import { spoken, type Md, type Raw } from './text.ts';

/** The coloured head of every card: a state is always a glyph and a word, never a colour alone. */
export interface Header {
  readonly tone: Tone;
  readonly title: Md;
  readonly subtitle: Md;
  readonly badge: Raw;
  /** Instead of the tone's own. */
  readonly glyph?: string;
}

export const TONES = {
  choose: { glyph: '🕓', style: 'accent', badgeStyle: 'Accent' },
  plan: { glyph: '⚠️', style: 'warning', badgeStyle: 'Warning' },
  approval: { glyph: '🔐', style: 'accent', badgeStyle: 'Accent' },
  running: { glyph: '🔄', style: 'accent', badgeStyle: 'Accent' },
  exception: { glyph: '🔎', style: 'warning', badgeStyle: 'Warning' },
  cutover: { glyph: '⏳', style: 'warning', badgeStyle: 'Warning' },
  excepted: { glyph: '⚠️', style: 'warning', badgeStyle: 'Warning' },
  done: { glyph: '✅', style: 'good', badgeStyle: 'Good' },
  failed: { glyph: '❌', style: 'attention', badgeStyle: 'Attention' },
  refused: { glyph: '⛔', style: 'attention', badgeStyle: 'Attention' },
  rolledBack: { glyph: '↩️', style: 'emphasis', badgeStyle: 'Informative' },
  ended: { glyph: '⏹️', style: 'emphasis', badgeStyle: 'Informative' },
  info: { glyph: '💬', style: 'emphasis', badgeStyle: 'Informative' },
  list: { glyph: '📋', style: 'emphasis', badgeStyle: 'Informative' },
} as const;
export type Tone = keyof typeof TONES;

export const STATE_TONES: Readonly<Record<RunState, Tone>> = {
  draft: 'plan',
  'awaiting-approval': 'approval',
  queued: 'running',
  'in-progress': 'running',
  'awaiting-exception': 'exception',
  'awaiting-cutover': 'cutover',
  completed: 'done',
  'signed-off': 'done',
  failed: 'failed',
  'rollback-in-progress': 'running',
  'rolled-back': 'rolledBack',
  'rollback-failed': 'failed',
  aborted: 'ended',
};

/** What every template asks for. */
export function frame(reader: Reader, { tone, glyph, ...header }: Header, speak: Raw = spoken(header.title)) {
  return {
    // The language alone: clients know no regions here.
    locale: new Intl.Locale(reader.locale).language,
    rtl: reader.isRtl,
    speak,
    fallbackText: header.title,
    header: { ...TONES[tone], ...(glyph ? { glyph } : {}), ...header },
    times: reader.words.times(reader.zoneName(reader.now)),
  };
}
