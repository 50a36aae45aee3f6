import { type Table } from '../../api/tables.ts';
import { lengthOf } from '../../chart/length.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { Figure } from './figure.tsx';

const RANKED = text('：各单位，按结余', ': units by balance');

/** The units of a fund, the one that has most first, each with a bar as long as what it has. */
export function Ranking({ fund, units: { columns, rows } }: { readonly fund: string; readonly units: Table }) {
  const say = useSay();
  const own = rows.filter(({ cells }) => cells[0]!.text === fund);
  if (own.length === 0) return null;
  const longest = Math.max(...own.map(({ cells }) => Math.abs(lengthOf(cells[6]!))), 1);
  const heads = [1, 2, 6, 7, 8].map((index) => columns[index]!.name);
  return (
    <section className="card ranking" aria-label={`${fund}${say(RANKED)}`}>
      <h3>
        {fund}
        {say(RANKED)}
      </h3>
      <table>
        <thead>
          <tr>
            {heads.map((head, index) => (
              <th key={head} scope="col" className={index === 1 ? undefined : 'figure'}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {own.map(({ cells }) => (
            <tr key={cells[2]!.text}>
              <td className="figure">{cells[1]!.text}</td>
              <td>
                <Figure cell={cells[2]!} />
              </td>
              <td className="figure">
                <Figure cell={cells[6]!} />
                <span className="bar" aria-hidden="true">
                  <span style={{ width: `${(100 * Math.abs(lengthOf(cells[6]!))) / longest}%` }} />
                </span>
              </td>
              <td className="figure">
                <Figure cell={cells[7]!} />
              </td>
              <td className="figure">{cells[8]!.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
