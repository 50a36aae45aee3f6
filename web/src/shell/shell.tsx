import { useIsFetching } from '@tanstack/react-query';
import { ConfigProvider, theme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { useAddress } from '../address/address.ts';
import { ShownProvider } from '../address/shown.tsx';
import { useKeptExports } from '../jobs/exports.ts';
import { screenOf } from '../screens/screens.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { Breadcrumbs } from './breadcrumbs.tsx';
import { useAppearance } from './appearance.ts';
import { DaysGiven } from './days-given.tsx';
import { useFolded } from './folded.ts';
import { Header } from './header.tsx';
import { useKeyboard } from './keyboard.ts';
import { Navigation } from './navigation.tsx';
import { TimeBanner } from './time-banner.tsx';

const NAME = text('统账', 'Tongzhang');
const SKIP = text('跳到内容', 'Skip to the content');
const LOCALES = { zh: zhCN, en: enUS };

/** What stands around every screen. */
export function Shell() {
  const say = useSay();
  const { language, path } = useAddress();
  const [appearance, setAppearance] = useAppearance();
  const [isFolded, fold] = useFolded();
  useKeyboard();
  const { screen } = screenOf(path);
  const title = screen ? say(screen.name) : say(NAME);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = screen ? `${title} · ${say(NAME)}` : title;
  });
  const isDark = appearance === 'dark';
  return (
    <ConfigProvider
      locale={LOCALES[language]}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
          borderRadius: 4,
          colorPrimary: isDark ? '#5aa7e0' : '#0b5a8f',
          colorLink: isDark ? '#7cbcec' : '#0b5a8f',
          fontFamily: 'inherit',
          motion: false,
        },
      }}
    >
      <ShownProvider>
        <a className="skip" href="#content">
          {say(SKIP)}
        </a>
        <Drawn className={isFolded ? 'shell folded' : 'shell'}>
          <Header appearance={appearance} onAppearance={setAppearance} isFolded={isFolded} onFold={fold} />
          <Navigation />
          <main id="content" tabIndex={-1}>
            <TimeBanner />
            <h1 className="hidden">{title}</h1>
            <Breadcrumbs />
            <Exports />
            <DaysGiven>
              <Outlet />
            </DaysGiven>
          </main>
        </Drawn>
        <ScrollRestoration />
      </ShownProvider>
    </ConfigProvider>
  );
}

/**
 * What is drawn says whose it is, since the browser's own address runs ahead of it, and whether something that was
 * asked for has not come yet: a table may stay on the page until its other columns are there.
 */
function Drawn({ className, children }: { readonly className: string; readonly children: ReactNode }) {
  const { pathname, search } = useLocation();
  const isGoing = useNavigation().state === 'loading';
  const awaited = useIsFetching({ predicate: ({ state }) => state.status === 'pending' });
  return (
    <div className={className} aria-busy={isGoing || awaited > 0} data-drawn={`${pathname}${search}`}>
      {children}
    </div>
  );
}

const ExportStrip = lazy(async () => ({ default: (await import('../jobs/export-strip.tsx')).Component }));

/** The exports in the background, fetched where there are any. */
function Exports() {
  const ids = useKeptExports();
  if (ids.length === 0) return null;
  return (
    <Suspense>
      <ExportStrip />
    </Suspense>
  );
}
