/** Parameters that law or the bureau may change, by the day from which they hold. Recorded on every voucher. */
export interface Policy {
  /** The day from which the policy holds is its version. */
  readonly version: string;
  /**
   * When resident premiums for a later year become income: when received, or in January of the year they cover
   * (until then they are premiums received in advance).
   */
  readonly residentPremiumRecognition: 'on-receipt' | 'in-january-of-cover-year';
}

/** In order of effect. A new policy is a new line; none is ever changed. */
export const POLICIES: readonly Policy[] = [
  { version: '1999-01-01', residentPremiumRecognition: 'on-receipt' },
  { version: '2026-01-01', residentPremiumRecognition: 'in-january-of-cover-year' },
];

/** The policy in effect on a business day, `YYYY-MM-DD`. */
export function policyOn(day: string): Policy {
  return POLICIES.findLast(({ version }) => version <= day) ?? POLICIES[0]!;
}
