const SHANGHAI = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** An instant of the service, in UTC, as a clock in China shows it, with its zone; what is none stays as it is. */
export function onTheClock(instant: string): string {
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? instant : `${SHANGHAI.format(ms)} UTC+8`;
}
