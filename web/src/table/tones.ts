export type Tone = 'bad' | 'warn' | 'good' | 'more' | 'quiet';

/** Words that the service prints in a cell by itself, and how they are to be seen: their colour says what they say. */
const TONES: readonly (readonly [zh: string, en: string, tone: Tone])[] = [
  ['红色预警', 'red', 'bad'],
  ['橙色预警', 'orange', 'warn'],
  ['正常', 'normal', 'good'],
  ['提示', 'information', 'more'],
  ['结余过多', 'excess', 'more'],
  ['已结', 'closed', 'good'],
  ['待结', 'next', 'warn'],
  ['未结', 'open', 'quiet'],
  ['超出预算幅度', 'over the band', 'bad'],
  ['低于预算幅度', 'under the band', 'warn'],
  ['无预算', 'not budgeted', 'warn'],
  ['通过', 'ok', 'good'],
  ['不能结账', 'stops the close', 'bad'],
  ['已结账', 'closed', 'good'],
  ['可以结账', 'ready', 'good'],
  ['已付未收', 'sent, not received', 'warn'],
  ['✓', '✓', 'good'],
  ['✗', '✗', 'bad'],
];

const BY_WORD = new Map(TONES.flatMap(([zh, en, tone]) => [[zh, tone] as const, [en, tone] as const]));

/** How the words of a cell are to be seen; undefined for any others. */
export const toneOf = (words: string): Tone | undefined => BY_WORD.get(words);
