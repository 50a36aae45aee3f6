import { type Fen } from './money.js';

/*
 * Amounts in words 人民币大写, as vouchers and bank papers carry them beside the figures: 正楷 numerals, 整 behind 元 or
 * 角 where nothing follows, 零 for what is missing between two figures, written once however much is missing. Annex 1 of
 * the payment and settlement measures 《支付结算办法》附一 and the basic accounting norms 《会计基础工作规范》 on
 * writing figures. Where both leave it open (万 or 元 at nothing, with a figure right behind), no 零 is written.
 */

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES: readonly (readonly [bigint, string])[] = [
  [100_000_000n, '亿'],
  [10_000n, '万'],
  [1_000n, '仟'],
  [100n, '佰'],
  [10n, '拾'],
];

const digit = (value: bigint): string => DIGITS[Number.parseInt(value.toString(), 10)]!;

/** A whole number above nothing: what stands before a place, the place, what is left; 零 where a figure is missing. */
function wholeInWords(value: bigint): string {
  const place = PLACES.find(([size]) => value >= size);
  if (!place) return digit(value);
  const [size, word] = place;
  const left = value % size;
  const isMissing = left !== 0n && left < size / 10n;
  return `${wholeInWords(value / size)}${word}${isMissing ? '零' : ''}${left === 0n ? '' : wholeInWords(left)}`;
}

/** `壹仟肆佰零玖元伍角整` for 1,409.50 yuan; what is written in red has 负 before it. */
export function amountInWords(fen: Fen): string {
  if (fen < 0n) return `负${amountInWords(-fen)}`;
  const [yuan, jiao, cents] = [fen / 100n, (fen / 10n) % 10n, fen % 10n];
  const whole = yuan === 0n ? '' : `${wholeInWords(yuan)}元`;
  if (jiao === 0n && cents === 0n) return `${whole || '零元'}整`;
  const tenths = jiao === 0n ? whole && '零' : `${digit(jiao)}角`;
  return `${whole}${tenths}${cents === 0n ? '整' : `${digit(cents)}分`}`;
}
