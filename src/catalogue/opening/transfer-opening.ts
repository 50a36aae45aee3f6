import { code, CodeList } from '../../text/codes.js';
import { TRANSFER_OPENING_KIND, TRANSFER_OPENINGS } from '../../books/transfers.js';
import { text } from '../../errors.js';
import { Amount, OneOf, Reference } from '../../kinds/fields.js';
import { LedgerCommand } from '../../kinds/commands.js';
import { memo } from '../../kinds/kind.js';
import { demandAbove, demandBelow, OtherUnit } from '../between-levels/between-levels.js';

const DIRECTIONS = new CodeList([code('up', '上解', 'remitted up'), code('down', '补助下级', 'funded down')]);

export class OpenTransferOnItsWay extends LedgerCommand {
  @OneOf(text('往来方向', 'direction'), DIRECTIONS)
  direction!: 'up' | 'down';

  @OtherUnit(text('收到单位', 'to unit'))
  toUnit!: string;

  @Reference(text('上下级往来号', 'transfer'))
  transferId!: string;

  @Amount(text('金额', 'amount'))
  amount!: string;
}

/**
 * Money on its way when the books open 期初在途: the sender's opening is without it already, and the receiver will have it
 * as income when it arrives. It stands in no book, so that it is a memo and not a line of an opening: it moves nothing,
 * is dated the day of the openings, and is a part of the fund until the receiver records the same number.
 */
export const transferOpening = memo<OpenTransferOnItsWay>({
  kind: TRANSFER_OPENING_KIND,
  route: 'transfer-openings',
  event: 'TransferOpened.v1',
  name: text('期初在途', 'Transfer on its way at the opening'),
  command: OpenTransferOnItsWay,
  counterparty: ({ toUnit }) => toUnit,
  stream: ({ fund, unit }) => `${TRANSFER_OPENINGS}${fund}-${unit}`,
  findings: (command, adopted) => {
    if (command.direction === 'up') demandAbove(adopted, command, command.toUnit, '/toUnit');
    else demandBelow(adopted, command, command.toUnit, '/toUnit');
    return [];
  },
  example: {
    fund: 'employee',
    unit: '460000',
    businessDate: '2025-01-01',
    direction: 'down',
    toUnit: '469021',
    transferId: 'BZ-2024-12-469021',
    amount: '60000.00',
    evidence: { kind: 'remittance', number: 'BZ-2024-12-30', sha256: '0f'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '上年十二月三十日拨出，次年到账',
  },
});
