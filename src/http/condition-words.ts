import { type Text, text } from '../errors.js';
import { type ClockState } from '../time/recording-clock.js';
import { type Condition } from './readiness.js';

/** What a state means, and what is to be done about it; nothing where all is well. */
interface Words {
  readonly means: Text;
  readonly todo?: Text;
}

/** A part of the service, and what each of its states means: by the code of what is wrong, else by its state. */
interface Part {
  readonly title: Text;
  readonly what: Text;
  readonly states: Readonly<Record<string, Words>>;
}

/** The state of a part that says none of its own. */
const UP = 'up';

const NOTHING_RECORDED = text('现在不能记账，查询照常', 'nothing can be recorded now; questions are answered');
const BY_ITSELF = text('腾出磁盘空间；有空间后自行恢复', 'make room on the disk; it goes on by itself once there is');

const CLOCK: Readonly<Record<ClockState, Words>> = {
  'in-step': { means: text('机器时钟看不出问题', 'nothing is wrong with the clock that can be seen') },
  behind: {
    means: text(
      '时钟落后于最后一次入账的时间；在追上之前，入账时间停在那里',
      'the clock is behind the last recorded time, which stands still until it is passed',
    ),
    todo: text('校准时钟', 'set the clock right'),
  },
  'behind-server': {
    means: text('时钟比事件存储服务器慢 60 秒以上', "the clock is more than 60 s behind the event store's server"),
    todo: text('校准本机或服务器的时钟', "set this machine's clock, or the server's, right"),
  },
  'ahead-of-server': {
    means: text('时钟比事件存储服务器快 60 秒以上', "the clock is more than 60 s ahead of the event store's server"),
    todo: text('立即校准时钟：其他节点的入账时间不会早于它', 'set it right at once: others stamp no earlier than it'),
  },
  ahead: {
    means: text(
      '时钟超出最后入账时间的界限，运维已确认无误',
      'the clock is beyond the bound of the last recorded time, and an operator has confirmed that it is right',
    ),
  },
  'out-of-bounds': {
    means: text('时钟与最后一次入账的时间相差超出界限', 'the clock is too far from the last recorded time'),
    todo: text(
      '校准时钟；确实无误时由运维确认：npx tongzhang clock --confirm',
      'set it right; where it is right, an operator confirms it: npx tongzhang clock --confirm',
    ),
  },
};

const PARTS: Readonly<Record<string, Part>> = {
  store: {
    title: text('事件日志', 'Event log'),
    what: text('所有凭证与事件的唯一记录', 'the one record of every voucher and event'),
    states: {
      [UP]: { means: text('可以读取，也可以写入', 'it can be read and takes appends') },
      'store-unavailable': {
        means: text('日志没有应答，不能记账', 'the log does not answer; nothing can be recorded'),
        todo: text('查看事件存储服务器或磁盘', 'look at the event store server, or at the disk'),
      },
      'disk-full': { means: text('磁盘已满，不能记账', 'the disk is full; nothing can be recorded'), todo: BY_ITSELF },
      'log-write-failed': {
        means: text(
          '一次写入没有落盘，正在自行核对并重试',
          'a write did not reach the disk; it is checked and tried again',
        ),
        todo: text('查看磁盘', 'look at the disk'),
      },
      'log-file-lost': {
        means: text('日志的一个文件被移走或替换', 'a file of the log was removed or replaced'),
        todo: text('不要停止服务，把原来的文件放回原处', 'do not stop the service, and put the very same file back'),
      },
      'store-refuses-appends': {
        means: text('日志与服务所知不一致，不再写入', 'the log is not as the service knows it, and takes no appends'),
        todo: text('停止服务，核验日志，必要时从备份恢复', 'stop, verify the log, restore it where need be'),
      },
    },
  },
  mark: {
    title: text('日志标记', 'Mark of the log'),
    what: text(
      '日志之外记下它到了哪里，用来发现末尾丢失',
      'says beside the log how far it has come, so that a lost end is seen',
    ),
    states: {
      'in-step': { means: text('与日志一致', 'it agrees with the log') },
      'made-anew': {
        means: text('曾经缺失或损坏，已重新写出', 'it was missing or damaged, and has been written anew'),
        todo: text('知悉：此前若丢失末尾，没有被发现', 'know that a lost end before went unnoticed'),
      },
      'not-written': {
        means: text('写不进去；记账照常', 'it cannot be written; recording goes on'),
        todo: text('查看磁盘', 'look at the disk'),
      },
    },
  },
  streams: {
    title: text('事件流', 'Streams'),
    what: text(
      '本账簿在事件存储服务器上的流，只有本账簿写入',
      'our streams at the event store server, which nobody else writes',
    ),
    states: {
      untouched: { means: text('没有他人动过', 'nobody else has touched them') },
      touched: {
        means: text('有人动过其中的流', 'somebody has touched one of them'),
        todo: text('核验日志，查明何人所为', 'verify the log, and find out who it was'),
      },
      'not-heard': {
        means: text('他人若有改动，目前听不到', 'a change by others would not be heard of now'),
        todo: text('查看与服务器的连接与权限', 'look at the connection to the server, and at the rights there'),
      },
    },
  },
  'data-directory': {
    title: text('数据目录', 'Data directory'),
    what: text(
      '账簿的文件所在，同一时间只属于一个进程',
      "where the ledger's files are: one process has them at a time",
    ),
    states: {
      held: { means: text('由本服务独占', 'this service alone has it') },
      'taken-again': {
        means: text('锁曾被移走，已重新取得', 'its lock was removed, and has been taken again'),
        todo: text('查明是谁动了数据目录', 'find out who touched the data directory'),
      },
      'data-directory-lost': {
        means: text(
          '另一个进程占用了数据目录，或目录已被移走、替换，不再写入',
          'another process has taken it, or it was removed or replaced; nothing is written any more',
        ),
        todo: text(
          '停止其中一个服务，查明目录，再重新启动',
          'stop one of the services, look at the directory, start again',
        ),
      },
    },
  },
  clock: {
    title: text('时钟', 'Clock'),
    what: text('每笔入账的时间由它而来', 'every recorded time comes from it'),
    states: { ...CLOCK, 'clock-out-of-bounds': CLOCK['out-of-bounds'] },
  },
  'read-tables': {
    title: text('查询视图', 'Read tables'),
    what: text(
      '报表与查询由此作答，可随时从日志重建',
      'what questions are answered from; made anew from the log at any time',
    ),
    states: {
      following: { means: text('跟上了日志', 'they have come to the end of the log') },
      'catching-up': { means: text('正在追赶日志，查询照常', 'they are catching up; questions are answered') },
      opening: { means: text('正在打开', 'they are being opened') },
      retrying: {
        means: text('写不进去，数字停在已有的位置', 'they cannot be written; answers stand still where they are'),
        todo: BY_ITSELF,
      },
      'read-tables-rebuilding': {
        means: text(
          '正在重建，报表与查询要等一会儿；记账照常',
          'they are being made; questions wait, recording goes on',
        ),
        todo: text('等待；下面写明进度与原因', 'wait: how far it is, and why, stands below'),
      },
    },
  },
  relay: {
    title: text('下游投递', 'Delivery downstream'),
    what: text('把每个事件投递到 Kafka，每条恰好一次', 'delivers every event to Kafka, each once'),
    states: {
      starting: { means: text('正在启动', 'it is starting') },
      running: { means: text('正在投递', 'it is delivering') },
      retrying: {
        means: text('投递中断，自行重试；记账不受影响', 'delivery is interrupted, and tried again; recording goes on'),
        todo: text('查看 Kafka 与网络', 'look at Kafka and the network'),
      },
      stopped: { means: text('已停止', 'it has stopped') },
      'relay-fenced': {
        means: text('另一个服务接管了投递', 'another service has taken delivery over'),
        todo: text('只留一个服务投递，停止另一个', 'let one service deliver, and stop the other'),
      },
      'relay-failed': {
        means: text('投递已失败，不再继续', 'delivery has failed, and does not go on'),
        todo: text('看日志中的原因，解决后重新启动服务', "see the cause in the service's log, then start it again"),
      },
    },
  },
  imports: {
    title: text('导入', 'Imports'),
    what: text('发来的文件逐个导入', 'files that were sent are imported one after the other'),
    states: {
      ok: { means: text('没有受阻的导入', 'nothing is in the way of an import') },
      paused: {
        means: text('一个导入在等待，原因消除后自行继续', 'an import waits, and goes on once the cause is gone'),
        todo: text('查看该导入的原因', "see that import's reason"),
      },
      failing: {
        means: text(
          '导入文件夹写不进或读不出，自行重试',
          'the folder of imports cannot be written or read; it is tried again',
        ),
        todo: text('查看磁盘及其权限', 'look at the disk and its rights'),
      },
    },
  },
};

/** A projection: one that takes events in, or is stopped by one. */
const PROJECTION: Omit<Part, 'title'> = {
  what: text('由日志得出的一组查询表', 'tables that are made from the log'),
  states: {
    [UP]: { means: text('接受每个事件', 'it takes in every event') },
    'projection-stopped': {
      means: text('一个事件使它停下；由它作答的查询不可用', 'an event has stopped it; what it answers cannot be asked'),
      todo: text('保留日志，报告该事件', 'keep the log, and report the event'),
    },
  },
};

/** What is well: everything else that is up is worth a look. */
const WELL: ReadonlySet<string> = new Set(
  `${UP} in-step ahead untouched held following catching-up opening starting running ok`.split(' '),
);

/** How a part stands, in words. */
export interface ConditionTold {
  readonly name: string;
  readonly title: Text;
  /** Well, worth a look, or in the way of the service. */
  readonly standing: 'well' | 'notice' | 'down';
  readonly state: string;
  /** What the part is, what its state means, and what to do about it: null where that is nothing. */
  readonly what: Text;
  readonly means: Text;
  readonly todo: Text | null;
  /** What was found, as it was met; null where there is nothing more to say. */
  readonly found: string | null;
  readonly facts: Condition['facts'];
}

/** A condition as a person understands it. @param projections what projections are called */
export function conditionTold(
  { name, facts, down }: Condition,
  projections: Readonly<Record<string, Text>>,
): ConditionTold {
  const part = PARTS[name] ?? { ...PROJECTION, title: projections[name] ?? text(name, name) };
  const { state = UP, message } = facts;
  const known = down?.code ?? String(state);
  const words = part.states[known] ?? { means: down ? NOTHING_RECORDED : text(known, known) };
  const found = down?.got ?? (message === undefined || message === null ? null : String(message));
  return {
    name,
    title: part.title,
    standing: down ? 'down' : WELL.has(known) ? 'well' : 'notice',
    state: known,
    what: part.what,
    means: words.means,
    todo: words.todo ?? down?.expected ?? null,
    found,
    facts,
  };
}
