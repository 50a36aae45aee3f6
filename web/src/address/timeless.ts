import { type Shown } from './shown.tsx';

/** What time is shown by an answer that is of no business day: how far the log has come. */
export const timeless = (position: number | null | undefined): Shown | undefined =>
  position === null || position === undefined
    ? undefined
    : { from: null, to: null, position, recordedAsOf: null, recordedAsOfIsFinal: null };
