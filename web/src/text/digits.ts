/** `1234567.50` as `1,234,567.50`; what is no plain figure stays as it is. The figure itself is never touched. */
export function groupDigits(printed: string): string {
  if (!/^-?[0-9]+(\.[0-9]+)?$/.test(printed)) return printed;
  return printed.replace(/^(-?[0-9]+)/, (whole) => whole.replace(/\B(?=([0-9]{3})+$)/g, ','));
}

/** The amounts within words, to the fen and of five digits or more before it, as `1,234,567.50`. */
export const groupAmounts = (said: string): string =>
  said.replace(/(?<![\p{L}\p{N}_.-])[0-9]{5,}\.[0-9]{2}(?![\p{L}\p{N}_-]|\.[0-9])/gu, groupDigits);

/** Figures and signs as they stand on a Chinese keyboard in full width, as the plain ones. */
export const halfWidth = (typed: string): string =>
  typed.replace(/[\uff01-\uff5e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ');
