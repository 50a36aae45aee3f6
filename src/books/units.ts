import { CodeList } from '../text/codes.js';
import { type Text, text } from '../errors.js';

/** An accounting unit 核算单位: an administrative division by its GB/T 2260 code. */
export interface Unit {
  readonly code: string;
  readonly name: Text;
  /** The unit one level above, which receives remittances and grants funds; undefined for the province. */
  readonly parent?: string;
}

const county = (code: string, zh: string, en: string): Unit => ({ code, name: text(zh, en), parent: '460000' });

/** The units of the province: Hainan and its 19 county-tier units. Another province is another list. */
export const UNITS: readonly Unit[] = [
  { code: '460000', name: text('海南省', 'Hainan Province') },
  county('460100', '海口市', 'Haikou'),
  county('460200', '三亚市', 'Sanya'),
  county('460300', '三沙市', 'Sansha'),
  county('460400', '儋州市', 'Danzhou'),
  county('469001', '五指山市', 'Wuzhishan'),
  county('469002', '琼海市', 'Qionghai'),
  county('469005', '文昌市', 'Wenchang'),
  county('469006', '万宁市', 'Wanning'),
  county('469007', '东方市', 'Dongfang'),
  county('469021', '定安县', "Ding'an"),
  county('469022', '屯昌县', 'Tunchang'),
  county('469023', '澄迈县', 'Chengmai'),
  county('469024', '临高县', 'Lingao'),
  county('469025', '白沙黎族自治县', 'Baisha Li'),
  county('469026', '昌江黎族自治县', 'Changjiang Li'),
  county('469027', '乐东黎族自治县', 'Ledong Li'),
  county('469028', '陵水黎族自治县', 'Lingshui Li'),
  county('469029', '保亭黎族苗族自治县', 'Baoting Li and Miao'),
  county('469030', '琼中黎族苗族自治县', 'Qiongzhong Li and Miao'),
];

/** The units, as they are called. */
export const UNIT_CODES = new CodeList(UNITS);
const BY_CODE = new Map(UNITS.map((unit) => [unit.code, unit]));

/** The unit of a GB/T 2260 code; undefined where it is unknown. */
export const findUnit = (code: string): Unit | undefined => BY_CODE.get(code);
