import { Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useAddress } from '../address/address.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { type Appearance } from './appearance.ts';
import { KeyboardSheet } from './keyboard-sheet.tsx';
import { useShortcuts } from './keyboard.ts';
import { SearchBox } from './search-box.tsx';

const NAME = text('统账', 'Tongzhang');
const UNIT_OF_MONEY = text('金额单位', 'Amounts in');
const UNITS = [
  { value: '', name: text('默认', 'Usual') },
  { value: 'yuan', name: text('元', 'yuan') },
  { value: 'wan', name: text('万元', '10k') },
  { value: 'yi', name: text('亿元', '100m') },
] as const;
const OTHER_LANGUAGE = { zh: 'English', en: '中文' } as const;
const DARKER = text('深色', 'Dark');
const LIGHTER = text('浅色', 'Light');
const KEYS = text('键盘', 'Keyboard');
const BACK = text('返回', 'Back');
const MENU = text('收起或展开导航', 'Fold or unfold the navigation');

interface Props {
  readonly appearance: Appearance;
  readonly onAppearance: (appearance: Appearance) => void;
  readonly isFolded: boolean;
  readonly onFold: () => void;
}

/** What every page has on top: the search, the unit of money, the language. */
export function Header({ appearance, onAppearance, isFolded, onFold }: Props) {
  const say = useSay();
  const { link, change, unitOfMoney, language } = useAddress();
  const navigate = useNavigate();
  const [isHelping, setHelping] = useState(false);
  const given = useMemo(
    () => [
      { keys: '?', says: KEYS, act: () => setHelping(true) },
      { keys: 'm', says: MENU, act: onFold },
      { keys: 'Backspace', says: BACK, act: () => void navigate(-1) },
    ],
    [navigate, onFold],
  );
  useShortcuts(given);
  const isDark = appearance === 'dark';
  return (
    <header className="header">
      <Button size="small" aria-expanded={!isFolded} aria-label={say(MENU)} title={say(MENU)} onClick={onFold}>
        ☰
      </Button>
      <Link to={link('/')} className="name">
        {say(NAME)}
      </Link>
      <SearchBox />
      <div className="choices">
        <Segmented
          aria-label={say(UNIT_OF_MONEY)}
          size="small"
          value={unitOfMoney ?? ''}
          onChange={(value) => change({ unitOfMoney: value })}
          options={UNITS.map(({ value, name }) => ({ value, label: say(name) }))}
        />
        <Button
          size="small"
          lang={language === 'zh' ? 'en' : 'zh'}
          onClick={() => change((now) => ({ lang: now.language === 'zh' ? 'en' : undefined }))}
        >
          {OTHER_LANGUAGE[language]}
        </Button>
        <Button size="small" onClick={() => onAppearance(isDark ? 'light' : 'dark')}>
          {say(isDark ? LIGHTER : DARKER)}
        </Button>
        <Button size="small" onClick={() => setHelping(true)} aria-label={say(KEYS)}>
          ?
        </Button>
      </div>
      {isHelping && <KeyboardSheet onClose={() => setHelping(false)} />}
    </header>
  );
}
