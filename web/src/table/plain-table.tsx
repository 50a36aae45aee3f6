import { type Key, type ReactNode } from 'react';
import { useSay } from '../text/say.ts';
import { type Text, text } from '../text/text.ts';

/** A row of things that are no sheet of a question. */
export interface PlainRow {
  readonly key: Key;
  readonly cells: readonly ReactNode[];
}

/** A column; figures stand at its right edge. */
export interface PlainColumn {
  readonly name: Text;
  readonly isFigure?: boolean;
}

const NONE = text('（无）', '(none)');

interface Props {
  readonly title: Text;
  readonly columns: readonly PlainColumn[];
  readonly rows: readonly PlainRow[];
  readonly children?: ReactNode;
}

/** A titled table of an answer that is read as data. */
export function PlainTable({ title, columns, rows, children }: Props) {
  const say = useSay();
  return (
    <section className="report" aria-label={say(title)}>
      <div className="title">
        <h2>{say(title)}</h2>
      </div>
      {children}
      <div className="sheet" role="group" aria-label={say(title)} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map(({ name, isFigure }) => (
                <th key={name.en} scope="col" className={isFigure ? 'figure' : undefined}>
                  {say(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells }) => (
              <tr key={key}>
                {cells.map((cell, index) => (
                  <td key={columns[index]!.name.en} className={columns[index]!.isFigure ? 'figure' : undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
            {rows.length === 0 && (
              <tr>
                <td colSpan={columns.length} className="none">
                  {say(NONE)}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Names and what stands for each, as a form has them. */
export function Facts({ facts }: { readonly facts: readonly (readonly [Text, ReactNode])[] }) {
  const say = useSay();
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name.en}>
          <dt>{say(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
