import { type Text, text } from '../../src/errors.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { folded } from '../../src/text/codes.js';
import { addressOf } from '../asking/addresses.js';

/** Something that is found: what it is called, what else is said of it, and the address that shows it. */
export interface Hit {
  readonly label: Text;
  readonly detail: Text | null;
  /** In yuan; null where it has none. */
  readonly amount: string | null;
  /** Of a voucher or memo, whose number is of its book alone. */
  readonly id?: string;
  readonly to: string;
}

/** The accounts, units and funds whose code, number or name holds what is sought. */
export function namedHits(q: string, { chart, units, funds }: Adopted): Readonly<Record<Kind, Hit[]>> {
  const needle = folded(q);
  const isMeant = (...words: readonly string[]): boolean => words.some((word) => folded(word).includes(needle));
  const accounts = chart.all.flatMap(({ key, number, name, details }): Hit[] => {
    const own = isMeant(key, number, name.zh, name.en, `${number} ${name.zh}`) ? [accountHit(key, number, name)] : [];
    const below = (details?.codes ?? []).flatMap((code): Hit[] => {
      const detail = chart.detail(key, code);
      const called = details!.nameOf(code);
      const place = detail?.number ?? number;
      if (!isMeant(`${key}/${code}`, place, called.zh, called.en)) return [];
      return [accountHit(`${key}/${code}`, place, text(`${name.zh}/${called.zh}`, `${name.en}/${called.en}`))];
    });
    return [...own, ...below];
  });
  return {
    accounts,
    units: units.all
      .filter(({ code, name }) => isMeant(code, name.zh, name.en, `${code} ${name.zh}`))
      .map(({ code, name }) => ({
        label: coded(code, name),
        detail: null,
        amount: null,
        to: addressOf('trial-balance', { unit: code }),
      })),
    funds: funds.all
      .filter(({ key, name }) => isMeant(key, name.zh, name.en))
      .map(({ key, name }) => ({
        label: name,
        detail: text(key, key),
        amount: null,
        to: addressOf('trial-balance', { fund: key }),
      })),
  };
}

type Kind = 'accounts' | 'units' | 'funds';

const coded = (code: string, { zh, en }: Text): Text => text(`${code} ${zh}`, `${code} ${en}`);

const accountHit = (line: string, number: string, name: Text): Hit => ({
  label: coded(number, name),
  detail: text(line, line),
  amount: null,
  to: addressOf('account-ledger', { account: line }),
});
