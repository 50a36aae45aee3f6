import { bookState } from './book-state/projection.js';
import { type Projection } from './projection.js';
import { type Question } from './question.js';
import { recordedTime } from './recorded-time/projection.js';

/** Every projection of the log. A new one is a new folder and a line here. */
export const PROJECTIONS: readonly Projection[] = [bookState, recordedTime];

/** Every question that can be asked. */
export const QUESTIONS: readonly Question[] = [];
