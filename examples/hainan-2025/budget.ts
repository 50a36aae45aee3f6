import { allocateFen, type Fen, parseFen } from '../../src/money.js';
import { type Enforcement, recoveredByMay } from './enforcement.js';
import { ASSISTANCE, EMPLOYEE, type PublishedLine, RESIDENT } from './published.js';

/**
 * How a fund's published totals are made up. Each figure but one is chosen; the last of each side is what is left, so
 * that the parts sum exactly: premiums (in assistance the subsidies) for income, benefits for expenditure.
 */
export interface FundBudget {
  readonly line: PublishedLine;
  /** The part of the opening balance that belongs to personal accounts. */
  readonly openingPersonal: Fen;
  /** Advances to providers in the opening balance; payouts of January clear them. */
  readonly openingAdvances: Fen;
  /** The province's own part of the opening balance, its reserve. */
  readonly openingReserve: Fen;
  readonly subsidies: Fen;
  readonly interest: Fen;
  readonly interestPersonal: Fen;
  /** Payouts of January that clear the advances, by four parts in five. */
  readonly clearings: Fen;
  /** Premiums that the assistance fund pays for those it supports: its benefit `enrolment`, the residents' premium. */
  readonly enrolment: Fen;
  /** Premiums that some agencies collect themselves, in their income accounts. */
  readonly collected: Fen;
  readonly premiums: Readonly<Record<string, Fen>>;
  readonly benefits: Readonly<Record<string, Fen>>;
  /** Remitted by the counties to the province, and granted by the province to counties. Both eliminate. */
  readonly remittedUp: Fen;
  readonly fundedDown: Fen;
}

const ENROLMENT = parseFen('34000000.00');
const COLLECTED = parseFen('600000.00');
const NOTHING = 0n;

/** The budget of each fund, given what came back into it. */
export function budgets(cases: Enforcement): { employee: FundBudget; resident: FundBudget; assistance: FundBudget } {
  return { employee: employee(cases), resident: resident(cases), assistance: assistance(cases) };
}

function employee(cases: Enforcement): FundBudget {
  const subsidies = parseFen('12000000.00');
  const interest = parseFen('236481900.00');
  const clearings = parseFen('250000000.00');
  const premiums = EMPLOYEE.income - subsidies - interest - recoveredByMay(cases, 'employee', 'earlier-years');
  const benefits = EMPLOYEE.expenditure + recoveredByMay(cases, 'employee', 'same-year') - clearings;
  return {
    line: EMPLOYEE,
    openingPersonal: parseFen('11180000000.00'),
    openingAdvances: parseFen('200000000.00'),
    openingReserve: parseFen('3600000000.00'),
    subsidies,
    interest,
    interestPersonal: parseFen('70944570.00'),
    clearings,
    enrolment: NOTHING,
    collected: NOTHING,
    premiums: split(premiums, { employer: 62n, employee: 26n, flexible: 9n, 'on-behalf': 3n }),
    benefits: split(benefits, {
      inpatient: 44n,
      outpatient: 15n,
      chronic: 7n,
      'maternity-medical': 3n,
      'maternity-allowance': 4n,
      'personal-pharmacy': 27n,
    }),
    remittedUp: parseFen('212000000.00'),
    fundedDown: parseFen('186000000.00'),
  };
}

function resident(cases: Enforcement): FundBudget {
  const subsidies = parseFen('2585000000.00');
  const interest = parseFen('41276300.00');
  const clearings = parseFen('150000000.00');
  const others = subsidies + interest + ENROLMENT + COLLECTED + recoveredByMay(cases, 'resident', 'earlier-years');
  const benefits = RESIDENT.expenditure + recoveredByMay(cases, 'resident', 'same-year') - clearings;
  return {
    line: RESIDENT,
    openingPersonal: NOTHING,
    openingAdvances: parseFen('120000000.00'),
    openingReserve: parseFen('520000000.00'),
    subsidies,
    interest,
    interestPersonal: NOTHING,
    clearings,
    enrolment: ENROLMENT,
    collected: COLLECTED,
    premiums: split(RESIDENT.income - others, { resident: 1n }),
    benefits: split(benefits, { inpatient: 72n, outpatient: 15n, chronic: 9n, 'maternity-medical': 4n }),
    remittedUp: parseFen('158000000.00'),
    fundedDown: parseFen('141000000.00'),
  };
}

function assistance(cases: Enforcement): FundBudget {
  const interest = parseFen('387600.00');
  const direct = ASSISTANCE.expenditure + recoveredByMay(cases, 'assistance', 'same-year') - ENROLMENT;
  return {
    line: ASSISTANCE,
    openingPersonal: NOTHING,
    openingAdvances: NOTHING,
    openingReserve: parseFen('3000000.00'),
    subsidies: ASSISTANCE.income - interest - recoveredByMay(cases, 'assistance', 'earlier-years'),
    interest,
    interestPersonal: NOTHING,
    clearings: NOTHING,
    enrolment: ENROLMENT,
    collected: NOTHING,
    premiums: {},
    benefits: { direct },
    remittedUp: NOTHING,
    fundedDown: NOTHING,
  };
}

function split(total: Fen, parts: Readonly<Record<string, bigint>>): Record<string, Fen> {
  const amounts = allocateFen(total, Object.values(parts));
  return Object.fromEntries(Object.keys(parts).map((name, index) => [name, amounts[index]!]));
}
