import { type Row } from '../api/tables.ts';
import { drawBands } from './band.ts';
import './bands.css';

type Scale = NonNullable<Row['scale']>;

interface Props {
  readonly scale: Scale;
  /** As it came; what is no figure is not drawn. */
  readonly figure: string;
  /** The same in words, for those who do not see it. */
  readonly says: string;
}

/** How far a figure stands within the bands that it is judged by, with its bounds and their unit beneath. */
export function Bands({ scale: { unit, bands }, figure, says }: Props) {
  const value = figure === '' ? Number.NaN : +figure;
  const drawn = drawBands(bands, Number.isNaN(value) ? undefined : value);
  const names = new Map(bands.map(({ level, name }) => [level, name]));
  return (
    <div className="bands" role="img" aria-label={says}>
      <div className="stretch">
        {drawn.bands.map(({ level, from, to }) => (
          <span
            key={level}
            className={`band ${level}`}
            title={names.get(level)}
            style={{ left: `${from}%`, width: `${to - from}%` }}
          />
        ))}
        {drawn.at !== undefined && (
          <span className={drawn.isBeyond ? 'at beyond' : 'at'} style={{ left: `${drawn.at}%` }} />
        )}
      </div>
      <div className="axis">
        {drawn.ticks.map(({ at, says: bound }) => (
          <span key={bound} style={{ left: `${at}%` }}>
            {bound}
          </span>
        ))}
        <span className="unit">{unit}</span>
      </div>
    </div>
  );
}
