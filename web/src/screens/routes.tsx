import { type RouteObject } from 'react-router';
import { Failed } from '../shell/failed.tsx';
import { Shell } from '../shell/shell.tsx';
import { GROUPS } from './screens.ts';

const question = () => import('./question/screen.tsx');

const books = () => import('./books/screen.tsx');
const statement = () => import('./statement/screen.tsx');
const STATEMENTS = ['/balance-sheet', '/income-expenditure', '/net-assets', '/final-accounts'];

/** Screens that are more than the tables of their question; each is fetched when it is first gone to. */
const OWN: readonly RouteObject[] = [
  { path: '/', lazy: () => import('./overview/screen.tsx') },
  { path: '/overview', lazy: () => import('./overview/screen.tsx') },
  { path: '/trial-balance', lazy: () => import('./trial-balance/screen.tsx') },
  { path: '/account-ledger', lazy: books },
  { path: '/journal', lazy: books },
  { path: '/audit-trail', lazy: books },
  { path: '/difference', lazy: () => import('./difference/screen.tsx') },
  ...STATEMENTS.map((path) => ({ path, lazy: statement })),
  { path: '/imports', lazy: () => import('./imports/screen.tsx') },
  { path: '/imports/:id', lazy: () => import('./imports/one.tsx') },
  { path: '/downstream', lazy: () => import('./downstream/screen.tsx') },
  { path: '/operation', lazy: () => import('./operation/screen.tsx') },
  { path: '/jobs', lazy: () => import('./operation/all-jobs.tsx') },
  { path: '/jobs/:id', lazy: () => import('./operation/job.tsx') },
  { path: '/early-warning', lazy: () => import('./early-warning/screen.tsx') },
  { path: '/budget-execution', lazy: () => import('./budget-execution/screen.tsx') },
  { path: '/gap-sharing', lazy: () => import('./gap-sharing/screen.tsx') },
  { path: '/registers', lazy: () => import('./registers/screen.tsx') },
  { path: '/periods', lazy: () => import('./periods/screen.tsx') },
  { path: '/consolidation', lazy: () => import('./consolidation/screen.tsx') },
  { path: '/search', lazy: () => import('./search/screen.tsx') },
  { path: '/reference', lazy: () => import('./reference/screen.tsx') },
  { path: '/help', lazy: () => import('./help/screen.tsx') },
  { path: '/events', lazy: () => import('./events/screen.tsx') },
  { path: '/vouchers/:id', lazy: () => import('./voucher/screen.tsx') },
  { path: '*', lazy: () => import('./missing/screen.tsx') },
];

const own = new Set(OWN.map(({ path }) => path));

/** Every address of the console, within the shell. */
export const ROUTES: RouteObject[] = [
  {
    element: <Shell />,
    errorElement: <Failed />,
    hydrateFallbackElement: <p className="waiting">统账 Tongzhang…</p>,
    children: [
      ...OWN,
      ...GROUPS.flatMap(({ screens }) => screens)
        .filter((screen) => 'question' in screen && !own.has(screen.path))
        .map(({ path }) => ({ path, lazy: question })),
    ],
  },
];
