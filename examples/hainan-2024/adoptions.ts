import { hash } from 'node:crypto';

/** The part of the pool in interest and premiums whose shares are not known at a year's end: experience, made up. */
export const PENDING_POOL_SHARE = '0.7';

/** A change of the reference data, as it is posted. */
export interface YearAdoption {
  readonly kind: string;
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const adoption = (kind: string, number: string, row: Readonly<Record<string, string>>): YearAdoption => ({
  kind,
  key: `hainan-2024/${number}`,
  body: {
    businessDate: '2023-12-28',
    evidence: { kind: 'decision', number, sha256: hash('sha256', `hainan-2024:${number}`) },
    maker: 'm-460000-1',
    reviewer: 'r-460000-1',
    row,
  },
});

/**
 * What the bureau adopts before the year: the experience ratio that its close needs, and one of every other change
 * there is, of which none reaches a figure of the example.
 */
export const ADOPTIONS: readonly YearAdoption[] = [
  adoption('policy-adoption', 'JC-2024-1', {
    key: 'pending-income-pool-share',
    from: '2024-01-01',
    scope: 'nation',
    value: PENDING_POOL_SHARE,
    source: '2021—2023 年待转收入中统筹所占比例',
  }),
  adoption('collection-window-adoption', 'JC-2024-2', {
    fund: 'resident',
    coverYear: '2025',
    from: '2024-12-20',
    opens: '2024-09-01',
    closes: '2025-02-28',
    source: '集中缴费期延长的通知',
  }),
  adoption('fund-adoption', 'JC-2024-3', {
    key: 'long-term-care',
    from: '2025-07-01',
    zh: '长期护理保险基金',
    en: 'Long-term care insurance fund',
    personalAccounts: 'no',
    basicInsurance: 'no',
    on: 'yes',
  }),
  adoption('account-adoption', 'JC-2024-4', {
    key: 'benefits/long-term-care',
    from: '2025-07-01',
    number: '5001.13',
    zh: '长期护理',
    en: 'Long-term care',
    share: 'either',
  }),
  adoption('unit-adoption', 'JC-2024-5', {
    code: '460108',
    from: '2025-07-01',
    zh: '美兰区',
    en: 'Meilan District',
    parent: '460100',
    closed: 'no',
  }),
];
