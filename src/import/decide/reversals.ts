import { type Prepared, type RefersTo } from '../../books/prepared.js';
import { type LedgerError, refusal, text } from '../../errors.js';

/**
 * A command as it names the event that it means, where its line had to guess at the revision of that.
 * @param isKeyed whether the line has a key of its own, by which its content is what it is for ever
 * @throws LedgerError refused, where a line with a key would have to be another
 */
export function reversing(prepared: Prepared, id: string, isKeyed: boolean): Prepared {
  const refersTo = prepared.refersTo!;
  if (refersTo.id === id) return prepared;
  if (isKeyed) throw namesAnother(refersTo, id);
  const { command, entries } = prepared.text!;
  return {
    ...prepared,
    refersTo: { ...refersTo, id },
    text: { command: JSON.stringify({ ...(JSON.parse(command) as object), [refersTo.as]: id }), entries },
  };
}

/** The refusal of what names an earlier line of the same file that has not been posted. */
export const targetNotPosted = ({ as, id }: RefersTo): LedgerError =>
  refusal(
    `/${as}`,
    as === 'withdraws' ? 'no-such-memo' : 'no-such-voucher',
    text('所指的是本文件前面的一行，该行未记账', 'it names an earlier line of this file, which was not posted'),
    text('本文件中已记账的一行', 'a line of this file that was posted'),
    id,
  );

const namesAnother = ({ as, id: named }: RefersTo, id: string): LedgerError =>
  refusal(
    `/${as}`,
    'revision-moved-on',
    text(
      '账簿其间有其他凭证，编号已不是所指的一行',
      'others were in the book: the id is no longer that of the line it meant',
    ),
    text(id, id),
    named,
  );
