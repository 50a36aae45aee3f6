import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAddress } from '../address/address.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { readSaved, type Saved, withSaved, writeSaved } from './saved-filters.ts';

const SAVED = text('已存条件', 'Saved filters');
const NAME = text('名称', 'name');
const SAVE = text('保存当前条件', 'Save these');
const REMOVE = text('删除', 'Remove');
const NONE = text(
  '尚无。条件保存在本浏览器中，所存即网址。',
  'None yet. They are kept in this browser, and are addresses.',
);

/** Filters that were saved under a name in this browser; an address is all that is saved. */
export function SavedMenu() {
  const say = useSay();
  const { path, link, now } = useAddress();
  const [saved, setSaved] = useState(() => readSaved(path));
  const [name, setName] = useState('');
  const keep = (next: readonly Saved[]): void => {
    writeSaved(path, next);
    setSaved(next);
  };
  const save = (): void => {
    if (name.trim() === '') return;
    const { cursor: _, ...filters } = now().asked;
    keep(withSaved(readSaved(path), { name: name.trim(), search: new URLSearchParams(filters).toString() }));
    setName('');
  };
  const content = (
    <div className="saved">
      {saved.length === 0 && <p className="muted">{say(NONE)}</p>}
      <ul>
        {saved.map((each) => (
          <li key={each.name}>
            <Link to={link(`${path}?${each.search}`)}>{each.name}</Link>
            <Button
              size="small"
              type="text"
              aria-label={`${say(REMOVE)} ${each.name}`}
              onClick={() => keep(saved.filter((one) => one !== each))}
            >
              ×
            </Button>
          </li>
        ))}
      </ul>
      <span className="save">
        <Input
          value={name}
          maxLength={60}
          placeholder={say(NAME)}
          aria-label={say(NAME)}
          onChange={({ target }) => setName(target.value)}
          onPressEnter={save}
        />
        <Button onClick={save} disabled={name.trim() === ''}>
          {say(SAVE)}
        </Button>
      </span>
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="bottomRight">
      <Button>
        {say(SAVED)}
        {saved.length > 0 && ` (${saved.length})`}
      </Button>
    </Popover>
  );
}
