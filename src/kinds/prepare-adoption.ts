import { by, NORMS, PRACTICE } from '../books/sources.js';
import { type Prepared } from '../books/prepared.js';
import { type ErrorDetail, LedgerError, refusal, show, text } from '../errors.js';
import { BEFORE_ADOPTION, BUILT_IN, BUILT_IN_BEFORE } from '../reference/built-in.js';
import { type Problem, problemsOf } from '../reference/problems.js';
import { rowsOf } from '../reference/read-set.js';
import { type Reference } from '../reference/reference.js';
import { isTextSeen, notWellFormed } from './check.js';
import { type AdoptionKind, REFERENCE_STREAM } from './kind.js';
import { onePerson } from './objections.js';

/**
 * Prepares a change of the reference data. Pure. What forbids it by itself is an objection, which the decider raises
 * behind the look-up of the key; what forbids it beside what is adopted is for `objectionToRows` to say.
 * @param reference what is adopted; undefined in a log that holds nothing yet
 */
export function prepareAdoption(kind: AdoptionKind, command: object, reference: Reference | undefined): Prepared {
  const objection = objectionByItself(kind, command, reference);
  return {
    kind: kind.kind,
    event: kind.event,
    stream: REFERENCE_STREAM,
    command: command as Prepared['command'],
    ...(reference?.revision !== undefined && { reference: reference.revision }),
    ...(objection && { objection }),
  };
}

interface People {
  readonly maker?: string;
  readonly reviewer?: string;
}

/** Why a change of the reference data is not recorded, whatever is adopted. */
function objectionByItself(kind: AdoptionKind, command: object, reference = BEFORE_ADOPTION): LedgerError | undefined {
  if (!isTextSeen(kind.command, command)) return notWellFormed(kind, command, reference.ever);
  return objectionToPeople(kind, command);
}

/** Why a change of the reference data is not recorded: by itself, or beside what is adopted. */
export const objectionToAdoption = (
  kind: AdoptionKind,
  command: object,
  reference: Reference | undefined,
): LedgerError | undefined => objectionByItself(kind, command, reference) ?? objectionToRows(kind, command, reference);

/** Nobody need answer for the set that is built in: it was reviewed with the release of the program. */
function objectionToPeople(kind: AdoptionKind, command: object): LedgerError | undefined {
  const { maker, reviewer }: People = command;
  if (maker !== undefined && reviewer !== undefined) return onePerson({ maker, reviewer });
  const rows = JSON.stringify(rowsOf(kind.cells(command)));
  const isBuiltIn = [BUILT_IN.rows, BUILT_IN_BEFORE].some((builtIn) => JSON.stringify(builtIn) === rows);
  if (kind.whole && isBuiltIn && maker === undefined && reviewer === undefined) return undefined;
  const details = Object.entries({ maker, reviewer }).flatMap(([name, person]): ErrorDetail[] =>
    person === undefined
      ? [
          {
            pointer: `/${name}`,
            code: 'required',
            expected: text('人员编号', 'a reference to a person'),
            got: show(person),
          },
        ]
      : [],
  );
  return new LedgerError(
    'refused',
    'two-people',
    by(NORMS, text('基础资料须有经办和复核', 'reference data needs a maker and a reviewer')),
    details,
  );
}

function objectionToWhole({ whole }: AdoptionKind, reference: Reference | undefined): LedgerError | undefined {
  return whole && reference?.revision !== undefined ? setAdopted(`revision ${reference.revision}`) : undefined;
}

/** The refusal of another set. @param got how the ledger came to have one */
export const setAdopted = (got: string): LedgerError =>
  refusal(
    '/set',
    'set-adopted',
    by(PRACTICE, text('账簿已采用基础资料', 'the ledger has adopted its reference data')),
    text(
      '逐项变更：fund-adoptions、unit-adoptions、account-adoptions、policy-adoptions、collection-window-adoptions；' +
        '另一套资料须在新的数据目录建账',
      'one change each: fund-, unit-, account-, policy- or collection-window-adoptions; ' +
        'a ledger with another set begins in a fresh data directory',
    ),
    got,
  );

/**
 * Why a change of the reference data is not recorded beside what is adopted.
 * @param reference what is adopted; undefined in a log that holds nothing yet
 */
export function objectionToRows(
  kind: AdoptionKind,
  command: object,
  reference: Reference | undefined,
): LedgerError | undefined {
  const second = objectionToWhole(kind, reference);
  if (second) return second;
  const problems = problemsOf(reference, rowsOf(kind.cells(command)), kind.whole);
  if (problems.length === 0) return undefined;
  return unsound(problems, kind.whole ? placeInSet : placeInRow);
}

const placeInRow = ({ column }: Problem): string => `/row${column && `/${column}`}`;
const placeInSet = ({ table, row, column }: Problem): string =>
  `/${table}${row < 0 ? '' : `/${row}${column && `/${column}`}`}`;

/** The error of rows that would not hold together with what is adopted. */
export const unsound = (problems: readonly Problem[], placeOf: (problem: Problem) => string): LedgerError =>
  new LedgerError(
    'refused',
    'reference-unsound',
    by(
      PRACTICE,
      text('基础资料前后不一致，一项也未采用', 'the reference data would not hold together; nothing was adopted'),
    ),
    problems.map((problem) => ({
      pointer: placeOf(problem),
      code: problem.code,
      expected: problem.expected,
      got: problem.got,
    })),
  );
