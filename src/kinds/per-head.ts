import { by, SIFAS } from '../books/sources.js';
import { refusal, text } from '../errors.js';
import { formatFen, parseFen } from '../money.js';

/** An amount that is so much for each of so many people, where the command says both. */
interface PerHead {
  readonly amount: string;
  readonly headcount?: number;
  readonly perHead?: string;
}

/** Refuses an amount that is not its rate times its people to the fen, naming all three. */
export function demandPerHead({ headcount, perHead, amount }: PerHead): void {
  if (headcount === undefined || perHead === undefined) return;
  const wanted = formatFen(parseFen(perHead) * BigInt(headcount));
  if (wanted === amount) return;
  throw refusal(
    '/amount',
    'not-headcount-times-standard',
    by(SIFAS, text('金额不等于人数乘以人均标准', 'the amount is not the headcount times the standard per head')),
    text(`${headcount} × ${perHead} = ${wanted}`, `${headcount} × ${perHead} = ${wanted}`),
    amount,
  );
}
