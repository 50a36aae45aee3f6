import { type Question } from '../projections/asking/question.js';
import { printSheet } from '../src/report/lay-out.js';
import { opened } from './given-when-then.js';
import { haikou, paid, Trail } from './trail.js';

/** The rows as they are printed, the empty cells left out. */
export async function printed(
  trail: Trail,
  question: Question,
  parameters: Record<string, string>,
  way: 'ask' | 'export' = 'ask',
): Promise<{ rows: string[]; next: string | null; title: string; head: readonly string[] }> {
  await trail.log.follow();
  const { sheets, body } = await question[way]!(trail.log.asking('2026-02-28'), parameters);
  const { batches, title, head } = printSheet(sheets[0]!, { language: 'zh' });
  const rows: string[] = [];
  for await (const batch of batches) rows.push(...batch.map((row) => row.filter((cell) => cell !== '').join(' ')));
  return { rows, title, head, next: body.next ?? null };
}

const TO_FISCAL = { from: 'treasury', to: 'fiscal-account', reason: 'treasury-to-fiscal', note: '入财政专户' };

/** A book of two years: opened, premiums, one of them taken back, and a hop between two of its accounts. */
export async function twoYears(): Promise<Trail> {
  const trail = new Trail();
  await trail.post(
    { ...opened(), businessDate: '2024-12-01' },
    paid('2024-12-03', '0.50', { note: '十二月' }),
    paid('2025-01-10', '100.00', { note: '甲' }),
    paid('2025-01-10', '20.00', { note: '乙' }),
    paid('2025-03-05', '3.00', { note: '丙' }),
    { kind: 'reversal', businessDate: '2025-03-06', reverses: haikou(3), note: '多记' },
    { kind: 'money-movement', businessDate: '2025-12-31', amount: '1000001.00', ...TO_FISCAL },
    paid('2026-02-01', '7.00', { note: '丁' }),
  );
  return trail;
}
