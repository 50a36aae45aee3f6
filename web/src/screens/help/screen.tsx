import { useEffect, useState } from 'react';
import { type Shortcut, shortcuts } from '../../shell/keyboard.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { GLOSSARY } from './glossary.ts';

const KEYS = text('键盘', 'Keyboard');
const WORDS = text('词汇', 'Glossary');
const INTERFACE = text('接口说明', 'The interface');
const CHINESE = text('中文', 'Chinese');
const ENGLISH = text('英文', 'English');
const MEANS = text('含义', 'what it means');
const ON_A_TABLE = text('在表上还有', 'On a table also');
const TABLE_KEYS = [
  { keys: 'j', says: text('下一行', 'next row') },
  { keys: 'k', says: text('上一行', 'row before') },
  { keys: 'Enter', says: text('打开此行', 'open the row') },
  { keys: '[', says: text('上一期', 'period before') },
  { keys: ']', says: text('下一期', 'period behind') },
  { keys: 't', says: text('今日', 'today') },
  { keys: 'x', says: text('导出', 'export') },
  { keys: 'p', says: text('打印', 'print') },
  { keys: 'c', says: text('图与表切换（总览）', 'charts or tables (overview)') },
];
const PAGES = [
  { to: '/docs', says: text('所有接口及其参数，可读可试', 'all addresses and their parameters, to read and to try') },
  { to: '/openapi.json', says: text('OpenAPI 3.1', 'OpenAPI 3.1') },
  { to: '/asyncapi.json', says: text('Kafka 主题：AsyncAPI 3.0', 'the Kafka topic: AsyncAPI 3.0') },
  { to: '/v1/events', says: text('日志原文', 'the log as it is stored') },
  { to: '/readyz', says: text('是否可用', 'whether the service is ready') },
];

/** What the keys do, what the words mean, and where the interface is described. */
export function Component() {
  const say = useSay();
  const [keys, setKeys] = useState<readonly Shortcut[]>([]);
  // The keys are given while a page comes: they are read once it is there.
  useEffect(() => setKeys(shortcuts()), []);
  return (
    <>
      <section className="report" aria-label={say(KEYS)}>
        <h2>{say(KEYS)}</h2>
        <KeyList keys={keys} />
        <h3>{say(ON_A_TABLE)}</h3>
        <KeyList keys={TABLE_KEYS} />
      </section>
      <section className="report" aria-label={say(INTERFACE)}>
        <h2>{say(INTERFACE)}</h2>
        <ul>
          {PAGES.map(({ to, says }) => (
            <li key={to}>
              <a href={to}>
                <code>{to}</code>
              </a>{' '}
              {say(says)}
            </li>
          ))}
        </ul>
      </section>
      <section className="report" aria-label={say(WORDS)}>
        <h2>{say(WORDS)}</h2>
        <div className="sheet">
          <table>
            <thead>
              <tr>
                {[CHINESE, ENGLISH, MEANS].map((head) => (
                  <th key={head.en} scope="col">
                    {say(head)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {GLOSSARY.map(({ word, means }) => (
                <tr key={word.en}>
                  <td lang="zh">{word.zh}</td>
                  <td lang="en">{word.en}</td>
                  <td>{say(means)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  );
}

function KeyList({ keys }: { readonly keys: readonly Pick<Shortcut, 'keys' | 'says'>[] }) {
  const say = useSay();
  return (
    <dl className="keys">
      {keys.map(({ keys: pressed, says }) => (
        <div key={pressed}>
          <dt>
            {pressed.split(' ').map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{say(says)}</dd>
        </div>
      ))}
    </dl>
  );
}
