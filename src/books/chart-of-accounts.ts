import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { type Account } from '../reference/chart.js';

const { chart } = BEFORE_ADOPTION.on('2199-12-31');
export const CHART = chart;

export const CHART_OF_ACCOUNTS: readonly Account[] = chart.all;

/** The account of a key; undefined where the chart has none. */
export const findAccount = chart.find;
