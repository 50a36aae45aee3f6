/**
 * What is done about each documented command line: the first rule that fits it says so. A line that fits none fails the
 * test, so that nothing in the documentation escapes.
 */
export interface Rule {
  /** Without the comment behind it. */
  readonly line: RegExp;
  readonly scene: Scene;
  /** It goes on until Ctrl-C, and has begun once its output looks like this, or this address answers. */
  readonly until?: RegExp | string;
  /** Only where it stands at such a place. */
  readonly place?: RegExp;
}

/** The scenes in the order in which they are played: each finds what those before it have left. */
export const SCENES = [
  'clone',
  'service',
  'small file',
  'closing',
  'KurrentDB',
  'feed',
  'reference data',
  'ledger',
  'Kafka',
  'demo',
  "demo's ledger",
] as const;
/** A scene, or why the line is not run; of those that are too long or too large, `--help` is asked instead. */
export type Scene = (typeof SCENES)[number] | 'with --help' | 'never' | 'missing';

/** Why lines of a kind are not run as they are. */
export const REASONS: Readonly<Record<'with --help' | 'never' | 'missing', string>> = {
  'with --help':
    'minutes or hours: what they measure and kill is in bench/ and test/soak/, and kill.spec.ts kills a few; what ' +
    'formats every file is what the format step checks with; ' +
    'that the script is there and knows its options is seen by asking for its help',
  never:
    'the run itself, or what makes it ready: `npm test` would run in itself, `npm ci` would replace the packages ' +
    'it runs on; or a pattern with a gap (…) for the reader to fill in',
  missing: 'needs what is not here: Docker, or a server or cluster of one’s own, with its certificate',
};

const LISTENING = /"msg":"listening"/;
const DEMO_SERVES = /Ctrl-C/;

export const RULES: readonly Rule[] = [
  { line: /…|<\w+>/, scene: 'never' },
  { line: /^(npm test|\.ci\/run|npm ci|npm install)$/, scene: 'never' },
  { line: /^docker /, scene: 'missing' },
  { line: /node1:|cluster\.example|esdb\+discover/, scene: 'missing' },
  { line: /^npm run (bench|soak|format:write)\b/, scene: 'with --help' },

  { line: /^(UPDATE_GOLDEN=1 )?npm test -- /, scene: 'clone' },
  { line: /^npm run (ready|imports|lock|sbom|schemas)$/, scene: 'clone' },
  { line: /^npx tongzhang( \w+)* --help$/, scene: 'clone' },

  { line: /^KAFKA_BROKERS=\S+ npm start$/, scene: 'Kafka', until: LISTENING },
  { line: /^KAFKA_BROKERS=\S+ npx tongzhang relay$/, scene: 'Kafka', until: /delivering after position/ },
  { line: /^KAFKA_BROKERS=\S+ npx tongzhang relay /, scene: 'Kafka' },
  { line: /consumer\.ts .*--follow/, scene: 'Kafka', until: /basic insurance/ },
  { line: /consumer\.ts /, scene: 'Kafka' },

  { line: /^EVENT_STORE_URL=\S+ npx tongzhang serve$/, scene: 'KurrentDB', until: LISTENING },
  { line: /^(EVENT_STORE_URL=\S+ )npx tongzhang store check\b/, scene: 'KurrentDB' },
  { line: /^npx tongzhang store check$/, scene: 'ledger' },
  { line: /^npx tongzhang copy /, scene: 'KurrentDB' },

  { line: /^(npm run demo --|npx tongzhang demo) .*--once$/, scene: 'demo' },
  { line: /^(npm run demo|npx tongzhang( --data \S+)? demo\b.*)$/, scene: 'demo', until: DEMO_SERVES },
  { line: /--data (\.\/)?data\/demo /, scene: "demo's ledger" },

  { line: /^npx tongzhang --data data\/(new|mine) /, scene: 'reference data' },
  { line: /^npx tongzhang --data data\/closing /, scene: 'closing' },

  { line: /^npm start$/, scene: 'service', until: LISTENING },
  { line: /^PORT=8080 LOG_LEVEL=warn /, scene: 'service', until: 'http://127.0.0.1:8080/readyz' },
  { line: /^([A-Z_]+=\S+ )*npx tongzhang( --data \S+)? serve$/, scene: 'service', until: LISTENING },
  { line: /^curl /, place: /^npm run demo/, scene: 'demo' },
  { line: /\bcurl /, scene: 'service' },
  { line: /^cat > \/tmp\/\w+\.json/, scene: 'service' },
  { line: /--url http:\/\/127\.0\.0\.1:3000/, scene: 'service' },

  { line: /^npx tongzhang generate /, scene: 'feed' },
  { line: /^npx tongzhang import feed\.csv( --control feed\.control\.json)?$/, scene: 'feed' },
  { line: /\bnpx tongzhang import /, scene: 'small file' },
  { line: /^npx tongzhang reconcile /, scene: 'small file' },
  { line: /^npx tongzhang (report|reference|voucher|verify|replay|clock|export)\b/, scene: 'ledger' },
  { line: /^npx tongzhang (--data \S+ )?(backup|verify|restore|compact)\b/, scene: 'ledger' },
];

/** A line without the comment behind it. */
export const withoutComment = (line: string): string => line.replace(/\s+#\s.*$/, '');

/** The rule for a line at a place; undefined where there is none. */
export const ruleFor = (line: string, at: string): Rule | undefined =>
  RULES.find((rule) => rule.line.test(withoutComment(line)) && (rule.place?.test(at) ?? true));
