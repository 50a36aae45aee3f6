import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { type Unit } from '../reference/adopted.js';

const { units } = BEFORE_ADOPTION.on('2199-12-31');

export const UNITS: readonly Unit[] = units.all;
/** The units, as they are called. */
export const UNIT_CODES = units;

/** The unit of a GB/T 2260 code; undefined where it is unknown. */
export const findUnit = units.find;
