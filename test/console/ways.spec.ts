// Each part describes its tests; all of them stand on one service and one browser.
import './jobs.js';
import './back.js';
import './keyboard.js';
import './charts.js';
import './filters.js';
import './wide.js';
import './pasted.js';
import './hostile-texts.js';
import './paper.js';
