import { BEFORE_ADOPTION } from '../src/reference/built-in.js';

/** A question after a balance on both axes. */
export interface Asked {
  readonly fund: string;
  readonly unit: string;
  readonly asOf: string;
  readonly recordedAsOf: string;
}

/** How long answers took, in milliseconds, and how many were timed. */
export interface AskedBalances {
  readonly p50: number;
  readonly p99: number;
  readonly asked: number;
}

const QUESTIONS = 2_000;

/** The same questions every time, about any book, day and position up to the head of the log. */
export function randomQuestions(head: number): Asked[] {
  let state = 2_025;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
  const two = (value: number): string => String(value).padStart(2, '0');
  return Array.from({ length: QUESTIONS }, () => ({
    fund: BEFORE_ADOPTION.ever.funds.all[below(BEFORE_ADOPTION.ever.funds.all.length)]!.key,
    unit: BEFORE_ADOPTION.ever.units.all[below(BEFORE_ADOPTION.ever.units.all.length)]!.code,
    asOf: `2025-${two(1 + below(6))}-${two(1 + below(28))}`,
    recordedAsOf: String(1 + below(head)),
  }));
}
