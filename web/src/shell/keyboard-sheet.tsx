import { Modal } from 'antd';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { shortcuts } from './keyboard.ts';

const KEYS = text('键盘', 'Keyboard');

/** What the keys do on this page. */
export function KeyboardSheet({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  return (
    <Modal open title={say(KEYS)} onCancel={onClose} footer={null} width={560}>
      <dl className="keys">
        {shortcuts().map(({ keys, says }) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{say(says)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
