import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCREENS } from '../../web/src/screens/screens.js';
import { barriers, overflow } from './accessible.js';
import { settled, show, type Watched, watch } from './browser.js';
import { expectAsked, expectOrigins, expectRows, expectSheets, hearAnswers, tablesIn } from './figures.js';
import './failing.js';
import { expectBoard, expectCards } from './forms.js';
import { addressOf, type Made, makeThings, PLACES, placeIn } from './places.js';
import { LONG_MS, theConsole } from './stage.js';

const SEEN = [
  { language: 'zh', colorScheme: 'light' },
  { language: 'en', colorScheme: 'dark' },
] as const;
/** At double size a window has half the width. */
const AT_200_PERCENT = { width: 720, height: 450 };
const FULL = { width: 1440, height: 900 };

/** What shows its tables in a form of its own: how that is held against them, and which stand there as sheets too. */
const OTHERWISE = [
  { of: /^\/\?(?!.*charts=table)/, expectForm: expectCards, asSheets: [] },
  { of: /^\/periods\?/, expectForm: expectBoard, asSheets: ['books'] },
] as const;

/** What these say of numbers are examples. */
const SHOWS_EXAMPLES = ['/help', '/search'];

theConsole.describe('each screen in a real browser', (stage) => {
  let made: Made;
  beforeAll(async () => {
    made = await makeThings(stage.service);
  }, LONG_MS);

  describe.each(SEEN)('in $language, $colorScheme', ({ language, colorScheme }) => {
    let watched: Watched;
    let heard: ReturnType<typeof hearAnswers>;
    beforeAll(async () => {
      watched = await watch(stage.browser, stage.service.address, { colorScheme });
      heard = hearAnswers(watched.page);
    });
    afterAll(async () => {
      heard.stop();
      await watched.context.close();
    });

    it.each(language === 'zh' ? PLACES : SCREENS.map(addressOf))(
      'is seen by everybody and shows what the service answers: %s',
      async (place) => {
        const { page, faults, forget } = watched;
        const asked = placeIn(place, made) + (language === 'zh' ? '' : `${place.includes('?') ? '&' : '?'}lang=en`);
        const screen = SCREENS.find(({ path }) => path === place.replace(/\?.*/, ''));
        forget();
        heard.forget();
        await show(page, asked);
        expect(faults).toEqual([]);
        expect(await page.getAttribute('html', 'lang')).toBe(language === 'zh' ? 'zh-CN' : 'en');
        if (screen) expect(await page.title()).toContain(screen.name[language]);
        expect(await barriers(page)).toEqual([]);
        const answers = await heard.answers();
        if (!SHOWS_EXAMPLES.includes(place)) await expectOrigins(page, answers);
        await expectRows(page, answers);
        const tables = tablesIn(answers);
        const otherwise = OTHERWISE.find(({ of }) => of.test(place));
        await otherwise?.expectForm(page, tables);
        await expectSheets(
          page,
          otherwise ? tables.filter(({ name }) => otherwise.asSheets.some((each) => each === name)) : tables,
        );
        if (screen && 'question' in screen && !SHOWS_EXAMPLES.includes(place))
          await expectAsked(stage.service.address, asked, answers);
        await page.setViewportSize(AT_200_PERCENT);
        await settled(page);
        const over = await overflow(page);
        await page.setViewportSize(FULL);
        expect(over).toBe(0);
      },
    );
  });
});
