import { Link } from 'react-router';
import { useAddress } from '../../address/address.ts';
import { type Cell } from '../../api/tables.ts';
import { toneOf } from '../../table/tones.ts';
import { groupDigits } from '../../text/digits.ts';

/** A figure as it came, with its digits grouped: red below zero, and a link to what it is made of. */
export function Figure({ cell, sign = false }: { readonly cell: Cell; readonly sign?: boolean }) {
  const { link } = useAddress();
  const isNegative = cell.text.startsWith('-');
  const shown = `${sign && !isNegative && cell.text !== '' ? '+' : ''}${groupDigits(cell.text)}`;
  const tone = toneOf(cell.text);
  const className = tone === undefined ? (isNegative ? 'negative' : undefined) : `tone ${tone}`;
  const said = (
    <span className={className} title={cell.exact === undefined ? undefined : groupDigits(cell.exact)}>
      {shown}
    </span>
  );
  return cell.to === undefined || cell.text === '' ? said : <Link to={link(cell.to)}>{said}</Link>;
}
