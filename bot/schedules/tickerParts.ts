import type { BotParts } from '../parts.ts';

export type TickerParts = Pick<BotParts, 'journal' | 'desk' | 'installation' | 'chat' | 'clock' | 'log'>;
