import { type ReactNode } from 'react';
import { Link } from 'react-router';
import { useAddress } from '../../address/address.ts';
import { type Answer } from '../../api/ask.ts';
import { groupDigits } from '../../text/digits.ts';
import { useSay } from '../../text/say.ts';
import { type Text, text } from '../../text/text.ts';

export type Voucher = Answer<'/v1/vouchers/{id}'>;

/** A part of the page with its heading. */
export function Part({ title, children }: { readonly title: Text; readonly children: ReactNode }) {
  const say = useSay();
  return (
    <section className="report" aria-label={say(title)}>
      <header>
        <div className="title">
          <h2>{say(title)}</h2>
        </div>
      </header>
      {children}
    </section>
  );
}

/** A small table: heads in both languages, and cells of any kind; figures stand to the right. */
export function Grid({
  heads,
  rows,
  figures = [],
}: {
  readonly heads: readonly Text[];
  readonly rows: readonly (readonly ReactNode[])[];
  readonly figures?: readonly number[];
}) {
  const say = useSay();
  return (
    <div className="sheet" role="group" aria-label={heads.map(say).join(' · ')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map((head, column) => (
              <th key={head.en} scope="col" className={figures.includes(column) ? 'figure' : undefined}>
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            <tr key={index}>
              {cells.map((cell, column) => (
                <td key={column} className={figures.includes(column) ? 'figure' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** An amount as it is read: grouped, and red below zero. */
export function Amount({ yuan }: { readonly yuan: string | null }) {
  if (yuan === null) return null;
  return <span className={yuan.startsWith('-') ? 'negative' : undefined}>{groupDigits(yuan)}</span>;
}

const ACCOUNT = text('会计科目', 'Account');
const DEBIT = text('借方', 'Debit');
const CREDIT = text('贷方', 'Credit');
const TOTAL = text('合计', 'Total');
const BALANCES = text('借方 = 贷方', 'debit = credit');
const ENTRIES = text('分录', 'Entries');

/** The entries, each leading to its account's ledger, and what they add up to. */
export function Entries({ voucher: { entries, totals } }: { readonly voucher: Voucher }) {
  const say = useSay();
  const { link } = useAddress();
  if (!totals) return null;
  const rows = entries.map(({ name, debit, credit, to }) => [
    <Link to={link(to)}>{say(name)}</Link>,
    <Amount yuan={debit} />,
    <Amount yuan={credit} />,
  ]);
  const total = [<strong>{say(TOTAL)}</strong>, <Amount yuan={totals.debit} />, <Amount yuan={totals.credit} />];
  return (
    <Part title={ENTRIES}>
      <Grid heads={[ACCOUNT, DEBIT, CREDIT]} rows={[...rows, total]} figures={[1, 2]} />
      <ul className="checks">
        <li className={totals.balances ? 'holds' : 'broken'}>
          {totals.balances ? '✓' : '✗'} {say(BALANCES)}
        </li>
      </ul>
    </Part>
  );
}

const CHAIN = text('冲销、订正与承接', 'Reversals, corrections and what follows');
const TRANSFER = text('上下级往来的两方', 'Both sides of the transfer');
const WHAT = text('事件', 'Event');
const DAY = text('业务日期', 'Business date');
const RECORDED = text('入账（UTC）', 'Recorded (UTC)');
const KIND = text('种类', 'Kind');
const WHERE = text('基金、单位', 'Fund, unit');
const AMOUNT = text('金额', 'Amount');
const NAMES = text('所指', 'What it does');
const THIS = text('（本件）', '(this one)');
const NOT_ALL = text('链很长，未列全', 'The chain is long: not all of it is listed');
const SENT = text('付出', 'sent');
const RECEIVED = text('收到', 'received');

type Linked = Voucher['chain'][number];

function useLinkedRow() {
  const say = useSay();
  const { link } = useAddress();
  return (linked: Linked, does: ReactNode): ReactNode[] => [
    <>
      <Link to={link(linked.to)}>{linked.voucherNumber ?? linked.id}</Link> {linked.isItself && say(THIS)}
    </>,
    linked.businessDate,
    linked.recordedAt,
    say(linked.kindName),
    [linked.fund, linked.unit].flatMap((named) => (named ? [say(named.name)] : [])).join(' '),
    <Amount yuan={linked.amount} />,
    does,
  ];
}

const HEADS = [WHAT, DAY, RECORDED, KIND, WHERE, AMOUNT, NAMES];

/** All that it is linked to, in the order of recording, in both directions. */
export function Chain({ voucher: { chain, chainIsWhole } }: { readonly voucher: Voucher }) {
  const say = useSay();
  const { link } = useAddress();
  const row = useLinkedRow();
  if (chain.length < 2) return null;
  const numbers = new Map(chain.map(({ id, voucherNumber }) => [id, voucherNumber ?? id]));
  const rows = chain.map((linked) =>
    row(
      linked,
      linked.names && (
        <>
          {say(linked.names.says)}{' '}
          <Link to={link(linked.names.to)}>{numbers.get(linked.names.id) ?? linked.names.id}</Link>
        </>
      ),
    ),
  );
  return (
    <Part title={CHAIN}>
      <Grid heads={HEADS} rows={rows} figures={[5]} />
      {!chainIsWhole && <p className="note">{say(NOT_ALL)}</p>}
    </Part>
  );
}

/** Both sides of a transfer between levels. */
export function Transfer({ voucher: { transfer } }: { readonly voucher: Voucher }) {
  const say = useSay();
  const row = useLinkedRow();
  if (transfer.length === 0) return null;
  const rows = transfer.map((side) => row(side, say(side.side === 'sent' ? SENT : RECEIVED)));
  return (
    <Part title={TRANSFER}>
      <Grid heads={HEADS} rows={rows} figures={[5]} />
    </Part>
  );
}
