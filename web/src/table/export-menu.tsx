import { Button, Dropdown, type MenuProps } from 'antd';
import { useCallback, useMemo, useRef, useState } from 'react';
import { type Address, apiLink } from '../address/address.ts';
import { fileLink } from '../api/ask.ts';
import { useExport } from '../jobs/exports.ts';
import { Failure } from '../shell/waiting.tsx';
import { useShortcuts } from '../shell/keyboard.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';

const EXPORT = text('导出', 'Export');
const PRINT = text('打印', 'Print');
const BACKGROUND = text('，后台生成', ', in the background');
const FORMATS = [
  { format: 'xlsx', name: text('Excel（如屏幕所见）', 'Excel, as on screen') },
  { format: 'csv', name: text('CSV', 'CSV') },
  { format: 'json', name: text('JSON', 'JSON') },
] as const;
/** What a job writes. */
const BY_JOB = FORMATS.filter(({ format }) => format !== 'json');

interface Props {
  readonly address: Address;
  readonly sheet: string;
  readonly hasKeys: boolean;
  /** Long: whoever exports it would wait for it, so that what is made in the background is offered first. */
  readonly isLong?: boolean;
  /** How it is printed, where more is done for that than the browser does. */
  readonly onPrint?: (() => void) | undefined;
}

const printPage = (): void => print();

/** Files of what is seen, and paper: at the same place of every table. */
export function ExportMenu({ address, sheet, hasKeys, isLong = false, onPrint = printPage }: Props) {
  const say = useSay();
  const { isOpen, setOpen, opener } = useFocusedMenu();
  const exporting = useExport();
  const given = useMemo(
    () =>
      hasKeys
        ? [
            { keys: 'x', says: EXPORT, act: () => setOpen(true) },
            { keys: 'p', says: PRINT, act: onPrint },
          ]
        : [],
    [hasKeys, onPrint, setOpen],
  );
  useShortcuts(given);
  const atOnce = FORMATS.map(({ format, name }) => ({
    key: format,
    label: (
      <a href={fileLink(address, format, sheet)} download>
        {say(name)}
      </a>
    ),
    onClick: ({ domEvent }: Pressed) => followByKey(domEvent),
  }));
  const { unitOfMoney, own } = address;
  const byJob = BY_JOB.map(({ format, name }) => ({
    key: `${format} job`,
    label: `${say(name)}${say(BACKGROUND)}`,
    onClick: () =>
      exporting.mutate(apiLink(address, { format, unitOfMoney, sheet, hiddenColumns: own('hiddenColumns') })),
  }));
  const items = isLong ? [...byJob, LINE, ...atOnce] : [...atOnce, LINE, ...byJob];
  return (
    <span className="actions">
      <Dropdown menu={{ items }} trigger={['click']} open={isOpen} onOpenChange={setOpen} autoFocus>
        <Button ref={opener} size="small" loading={exporting.isPending}>
          {say(EXPORT)}
        </Button>
      </Dropdown>
      <Button size="small" onClick={onPrint}>
        {say(PRINT)}
      </Button>
      {exporting.error && <Failure error={exporting.error} />}
    </span>
  );
}

/** A menu that has the focus while it is open, and gives it back to where it was: a row, or the button of the menu. */
function useFocusedMenu() {
  const [isOpen, show] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const before = useRef<Element>(null);
  const setOpen = useCallback((next: boolean): void => {
    const { activeElement, body } = document;
    const isInMenu = Boolean(activeElement?.closest('[role="menu"]'));
    if (next && !isInMenu) before.current = activeElement === body ? null : activeElement;
    if (!next && isInMenu) (before.current instanceof HTMLElement ? before.current : opener.current)?.focus();
    show(next);
  }, []);
  return { isOpen, setOpen, opener };
}

type Pressed = Parameters<NonNullable<MenuProps['onClick']>>[0];

/** Enter presses the item, or the link in it: either way the link is followed, and once. */
function followByKey(event: Pressed['domEvent']): void {
  if (event.type !== 'keydown') return;
  event.preventDefault();
  event.currentTarget.querySelector('a')?.click();
}

const LINE = { key: 'line', type: 'divider' as const };
