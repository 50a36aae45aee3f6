/** One day on which vouchers are dated. */
export interface BusinessDay {
  readonly date: string;
  /** 1 to 6. */
  readonly month: number;
  readonly dayOfMonth: number;
  /** The first, and the last, business day of its month. */
  readonly opensMonth: boolean;
  readonly closesMonth: boolean;
  /** The next business day is not tomorrow: what the treasury holds goes to the fiscal account. */
  readonly closesWeek: boolean;
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 17];
/** Public holidays of 2025 to mid-June on weekdays, and the weekend days worked in exchange (国办发明电〔2024〕12号). */
const HOLIDAYS = new Set([
  '01-01',
  '01-28',
  '01-29',
  '01-30',
  '01-31',
  '02-03',
  '02-04',
  '04-04',
  '05-01',
  '05-02',
  '05-05',
  '06-02',
]);
const WORKED_WEEKENDS = new Set(['01-26', '02-08', '04-27']);
/** 1 January 2025 was a Wednesday: 3 days after a Sunday. */
const FIRST_WEEKDAY = 3;

/** The business days from 2 January to 17 June 2025. */
export const BUSINESS_DAYS: readonly BusinessDay[] = businessDays();

/** The position of the first business day on or after a day of a month. */
export function businessDayFrom(month: number, dayOfMonth: number): number {
  const index = BUSINESS_DAYS.findIndex(
    (day) => day.month > month || (day.month === month && day.dayOfMonth >= dayOfMonth),
  );
  if (index < 0) throw new RangeError(`no business day from ${month}-${dayOfMonth} on`);
  return index;
}

function businessDays(): BusinessDay[] {
  const worked: { monthDay: string; month: number; dayOfMonth: number; dayOfYear: number }[] = [];
  let dayOfYear = 0;
  DAYS_IN_MONTH.forEach((days, monthIndex) => {
    for (let dayOfMonth = 1; dayOfMonth <= days; dayOfMonth += 1, dayOfYear += 1) {
      const monthDay = `${twoDigits(monthIndex + 1)}-${twoDigits(dayOfMonth)}`;
      const weekday = (FIRST_WEEKDAY + dayOfYear) % 7;
      const weekend = weekday === 0 || weekday === 6;
      if (HOLIDAYS.has(monthDay) || (weekend && !WORKED_WEEKENDS.has(monthDay))) continue;
      worked.push({ monthDay, month: monthIndex + 1, dayOfMonth, dayOfYear });
    }
  });
  return worked.map(({ monthDay, month, dayOfMonth, dayOfYear: at }, index) => ({
    date: `2025-${monthDay}`,
    month,
    dayOfMonth,
    opensMonth: worked[index - 1]?.month !== month,
    closesMonth: worked[index + 1]?.month !== month,
    closesWeek: worked[index + 1]?.dayOfYear !== at + 1,
  }));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
