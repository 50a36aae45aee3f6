/** Written by `npm run schemas` from the description of the interface; never edited. */

export interface paths {
    "/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 总览 Overview */
        get: operations["ask-overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/balances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 基金收支与结余 Fund balances */
        get: operations["ask-fund-balance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consolidation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 省级汇总 Provincial consolidation */
        get: operations["ask-provincial-consolidation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-trail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 凭证序时簿与明细账 Audit trail */
        get: operations["ask-audit-trail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 科目余额表 Trial balance */
        get: operations["ask-trial-balance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account-ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 明细账与日记账 Account ledger and day book */
        get: operations["ask-account-ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 序时账 Journal */
        get: operations["ask-journal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/difference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 时点回溯 Time travel */
        get: operations["ask-difference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enforcement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 基金监管成效 Enforcement */
        get: operations["ask-enforcement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/budget-execution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 预算执行情况 Budget execution */
        get: operations["ask-budget-execution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/early-warning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 基金运行预警 Early warning */
        get: operations["ask-early-warning"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/likely-duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 疑似重复 Likely duplicates */
        get: operations["ask-likely-duplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/periods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 结账情况 Closed periods */
        get: operations["ask-periods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/registers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 往来登记簿 Registers */
        get: operations["ask-registers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pooling-matrix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 统筹调剂矩阵 Pooling matrix */
        get: operations["ask-pooling-matrix"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/periods/checklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 结账前检查 Closing checklist */
        get: operations["ask-closing-checklist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/gap-sharing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 基金缺口分担 Gap sharing */
        get: operations["ask-gap-sharing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/disclosure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 信息公开核对 Disclosures against the books */
        get: operations["ask-disclosure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 基础资料 Reference data */
        get: operations["ask-reference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/income-expenditure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 收支表 Statement of income and expenditure */
        get: operations["ask-income-expenditure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/balance-sheet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 资产负债表 Balance sheet */
        get: operations["ask-balance-sheet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/net-assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 净资产变动表 Changes in net assets */
        get: operations["ask-net-assets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/final-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 基金预算、决算收支表 Budget and final accounts */
        get: operations["ask-final-accounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 查找 Search */
        get: operations["ask-search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/voucher-days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 有凭证的日期 Days with vouchers */
        get: operations["ask-voucher-days"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vouchers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个事件（凭证、备查或其他）及其来龙去脉 One event of the log, with all it is linked to */
        get: operations["read-voucher"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vouchers/{id}/print": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 打印记账凭证 One voucher as it is printed */
        get: operations["print-voucher"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 按位置读日志 The log itself, in order of position */
        get: operations["read-events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * 跟随日志末尾 The log as it grows, as server-sent events
         * @description 每个事件一条消息 event，id 为日志位置，data 同 /v1/events 的事件，或（format=tables）屏幕上的一行；消息 reached 说明已看到的位置，至少每 15 秒一条。断开后带 Last-Event-ID 再来，不漏不重。 One message `event` each, whose id is the position and whose data is the event as `/v1/events` has it, or (`format=tables`) the row of the screen. A message `reached`, at least every 15 s, says up to which position all was looked at. Who comes again with Last-Event-ID misses nothing and sees nothing twice.
         */
        get: operations["follow-events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 所有导入，新的在前 All imports, the newest first */
        get: operations["list-imports"];
        put?: never;
        /** 导入一个文件 Import a file */
        post: operations["import-file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 导入的进度与结果 Progress and result of an import */
        get: operations["read-import"];
        put?: never;
        post?: never;
        /** 取消导入，或删除其结果 Cancel an import, or remove its result */
        delete: operations["cancel-import"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}/{list}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 导入中有问题的行 The lines of an import that were bad */
        get: operations["read-import-list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 进程是否应答 Whether the process answers */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 是否可用 Whether the service is ready */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 指标 Figures for Prometheus */
        get: operations["measure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 本说明 This description */
        get: operations["describe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asyncapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kafka 主题的说明 The description of the Kafka topic */
        get: operations["describe-topic"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schemas/{name}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 事件的数据结构 The schema of an event */
        get: operations["read-schema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imported-files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 已入账的文件 Files of which lines stand in the log */
        get: operations["list-imported-files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 在用的名称 Names in use, by which lists of vouchers are filtered */
        get: operations["list-names"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 所有任务，新的在前 All jobs, the newest first */
        get: operations["list-jobs"];
        put?: never;
        /**
         * 核验、重放或导出 Verify, replay, or export in the background
         * @description 在后台逐个进行；同样的任务正在等候或进行时，返回那一个。只读，不写入日志 Done one after the other in the background. Where the same waits or runs, that is answered. Nothing is written into the log.
         */
        post: operations["start-job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 任务的进度与结果 Progress and result of a job */
        get: operations["read-job"];
        put?: never;
        post?: never;
        /** 取消任务，或删除其结果 Cancel a job, or remove its result */
        delete: operations["cancel-job"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 导出的文件 The file that was exported */
        get: operations["read-job-file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 运行状况 How the service and its ledger stand */
        get: operations["read-operation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/downstream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 下游投递 What is delivered downstream */
        get: operations["read-downstream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description 总览 Overview */
        OverviewAnswer: {
            /** @description 日志位置 position of the log that is shown */
            position: number;
            /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
            recordedAsOfIsFinal: boolean | null;
            /**
             * Format: date
             * @description 起日 first business day, inclusive
             */
            from: string | null;
            /**
             * Format: date
             * @description 止日 last business day, inclusive
             */
            to: string | null;
            /**
             * Format: date
             * @description 同止日 the same as to
             */
            asOf: string | null;
            /** @description 所问的入账时点 the moment of recording that was asked about */
            recordedAsOf: string | null;
            /** @description 下一页 the cursor of the next page */
            next?: string | null;
            notListed?: {
                [key: string]: number;
            };
            period: {
                /** @description 截止日为默认 whether nobody asked for the last day */
                isDefault: boolean;
                /**
                 * Format: date
                 * @description 今天 the day it is asked on
                 */
                today: string;
                lastVoucherDay: string | null;
                says: components["schemas"]["Text"] | null;
            };
            comparedWith: {
                /** @enum {string} */
                kind: "month-before" | "year-before";
                /** @description 名称 what it is called */
                name: components["schemas"]["Text"];
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
            };
            funds: {
                /** @description 基金代码 key of the fund */
                fund: string;
                /** @description 名称 what it is called */
                name: components["schemas"]["Text"];
                /** @description 期初结余 balance at the beginning */
                opening: string;
                /** @description 收入 income */
                income: string;
                /** @description 支出 expenditure */
                expenditure: string;
                /** @description 收入 − 支出 income less expenditure */
                surplus: string;
                /** @description 期末结余 balance at the end */
                balance: string;
                /** @description 其中：在途 of the balance, what is in transit between books */
                inTransit: string;
                changes: {
                    income: {
                        /** @description 对比期的数 the figure it is compared with */
                        before: string;
                        /** @description 增减 more or less than that */
                        change: string;
                        rate: string | null;
                    };
                    expenditure: {
                        /** @description 对比期的数 the figure it is compared with */
                        before: string;
                        /** @description 增减 more or less than that */
                        change: string;
                        rate: string | null;
                    };
                    balance: {
                        /** @description 对比期的数 the figure it is compared with */
                        before: string;
                        /** @description 增减 more or less than that */
                        change: string;
                        rate: string | null;
                    };
                } | null;
                payableMonths: {
                    figure: string | null;
                    /** @description 依据，或无法计算的原因 the figures it comes from, or why it cannot be told */
                    basis: components["schemas"]["Text"];
                    level: ("red" | "orange" | "normal" | "information" | "excess") | null;
                    vouchers: string | null;
                };
                warnings: {
                    /** @description 预警项数 how many warnings there are */
                    count: number;
                    worst: ("red" | "orange" | "normal" | "information" | "excess") | null;
                    red: number;
                    orange: number;
                    excess: number;
                    /** @description 预警明细 the question that lists them */
                    address: string;
                };
                months: {
                    /** @description 月份 month */
                    month: string;
                    /** @description 期初结余 balance at the beginning */
                    opening: string;
                    /** @description 收入 income */
                    income: string;
                    /** @description 支出 expenditure */
                    expenditure: string;
                    /** @description 收入 − 支出 income less expenditure */
                    surplus: string;
                    /** @description 期末结余 balance at the end */
                    balance: string;
                    /** @description 其中：在途 of the balance, what is in transit between books */
                    inTransit: string;
                }[];
                /** @description 科目余额表 its trial balance */
                trialBalance: string;
                /** @description 收支表 its statement of income and expenditure */
                statement: string;
            }[];
            basicInsurance: {
                /** @description 名称 what it is called */
                name: components["schemas"]["Text"];
                /** @description 期初结余 balance at the beginning */
                opening: string;
                /** @description 收入 income */
                income: string;
                /** @description 支出 expenditure */
                expenditure: string;
                /** @description 收入 − 支出 income less expenditure */
                surplus: string;
                /** @description 期末结余 balance at the end */
                balance: string;
                /** @description 其中：在途 of the balance, what is in transit between books */
                inTransit: string;
                changes: {
                    income: {
                        /** @description 对比期的数 the figure it is compared with */
                        before: string;
                        /** @description 增减 more or less than that */
                        change: string;
                        rate: string | null;
                    };
                    expenditure: {
                        /** @description 对比期的数 the figure it is compared with */
                        before: string;
                        /** @description 增减 more or less than that */
                        change: string;
                        rate: string | null;
                    };
                    balance: {
                        /** @description 对比期的数 the figure it is compared with */
                        before: string;
                        /** @description 增减 more or less than that */
                        change: string;
                        rate: string | null;
                    };
                } | null;
            } | null;
            units: {
                /** @description 基金代码 key of the fund */
                fund: string;
                /** @description 核算单位代码 code of the unit */
                unit: string;
                /** @description 名称 what it is called */
                name: components["schemas"]["Text"];
                /** @description 期初结余 balance at the beginning */
                opening: string;
                /** @description 收入 income */
                income: string;
                /** @description 支出 expenditure */
                expenditure: string;
                /** @description 收入 − 支出 income less expenditure */
                surplus: string;
                /** @description 期末结余 balance at the end */
                balance: string;
                /** @description 按结余的名次 rank by balance */
                rankByBalance: number;
                /** @description 按收入 − 支出的名次 rank by income less expenditure */
                rankBySurplus: number;
                payableMonths: string | null;
                level: ("red" | "orange" | "normal" | "information" | "excess") | null;
                /** @description 科目余额表 its trial balance */
                trialBalance: string;
            }[];
        };
        Text: {
            /** @description 中文 Chinese */
            zh: string;
            /** @description 英文 English */
            en: string;
        };
        Tables: {
            /** @description 日志位置 position of the log that is shown */
            position: number;
            /** @description 起日 first business day, null where there is no bound */
            from: string | null;
            /** @description 截止日 last business day, null where there is no bound */
            to: string | null;
            /** @description 同 to the same as to */
            asOf: string | null;
            /** @description 入账截止 as recorded by, as it was asked */
            recordedAsOf: string | null;
            /** @description 所问入账时点的回答不会再变 what is shown of that moment can no longer change; null where none was asked */
            recordedAsOfIsFinal: boolean | null;
            /** @description 下一页的 cursor cursor of the next page; null where there is none */
            next: string | null;
            /** @description 各表 tables */
            tables: {
                /** @description 表的代号，即参数 sheet by which it is asked for: the parameter sheet */
                name: string;
                /** @description 表名 title */
                title: string;
                /** @description 表名与表格之间的各行 lines between the title and the table */
                head: string[];
                /** @description 金额单位，如“单位：万元” what amounts are in; null where there are none */
                unit: string | null;
                /** @description 各栏 columns */
                columns: {
                    /** @description 第几栏（从 1 起），即参数 hiddenColumns 所用 which column it is, from 1: as hiddenColumns names it */
                    number: number;
                    /** @description 栏名 name */
                    name: string;
                    /**
                     * @description 文字、金额、件数、比率 text, an amount of money, a count, a rate
                     * @enum {string}
                     */
                    kind: "text" | "fen" | "count" | "rate";
                    /** @description 与相邻各栏共有的上层栏名 a heading over it and its neighbours with the same */
                    group?: string;
                }[];
                /** @description 应要求未列的栏 columns that were asked to be left out */
                hidden: {
                    /** @description 第几栏 which column */
                    number: number;
                    /** @description 栏名 name */
                    name: string;
                }[];
                /** @description 各行，含舍入差行 rows, with those that say what rounding leaves over */
                rows: {
                    /** @description 各栏的格 a cell for each column */
                    cells: {
                        /** @description 所印文字，金额不分节 what is printed; amounts without thousands separators */
                        text: string;
                        /** @description 金额有舍入时：精确到分的元 where an amount is rounded: in yuan, to the fen */
                        exact?: string;
                        /** @description 本格由何而来：下一层查询的地址 what the cell is made of: the address of the question that lists it */
                        to?: string;
                        /**
                         * @description 左右两栏的表中，只有一边是合计、小计时 of one side of a form with two, where that side alone is a sum
                         * @enum {string}
                         */
                        role?: "total" | "subtotal" | "heading";
                    }[];
                    /** @description 本行数值的分级标准 what the figure of the row is judged by, where it is */
                    scale?: {
                        /** @description 数值与界限的单位 what the figure and the bounds are in */
                        unit: string;
                        /** @description 分级标准的文字 the whole in words */
                        says: string;
                        /** @description 各级，由低到高 in ascending order of the figure */
                        bands: {
                            /** @description 等级代码 code of the level */
                            level: string;
                            /** @description 等级名称 what the level is called */
                            name: string;
                            /** @description 下界，十进制数，无下界为 null lower bound, a decimal number; null where none */
                            from: string | null;
                            /** @description 上界，无上界为 null upper bound; null where none */
                            to: string | null;
                        }[];
                    };
                    /**
                     * @description 合计、小计、舍入差、标题；普通行无 absent of a line like any other
                     * @enum {string}
                     */
                    role?: "total" | "subtotal" | "rounding" | "heading";
                    /** @description 缩进层次，顶层无 how far it is set in, by two spaces of its first cell; absent of the first level */
                    level?: number;
                }[];
                /** @description 附注 notes */
                notes: string[];
                /** @description 勾稽关系 what ties in it, and with others */
                checks: {
                    /** @description 应成立的关系 what must be so */
                    says: string;
                    /** @description 是否成立 whether it is */
                    holds: boolean;
                }[];
                /** @description 未列出的项数；全部列出为 null how many things are not listed; null where all are */
                notListed: number | null;
            }[];
        };
        Problem: {
            /**
             * Format: uri-reference
             * @description 问题类型 type of the problem
             */
            type: string;
            /** @description 标题 title */
            title: string;
            status: number;
            /** @description 说明 what happened */
            detail: string;
            /**
             * Format: uri-reference
             * @description 请求 the request, as the log names it
             */
            instance: string;
            /** @description 代码 code that programs may rely on */
            code: string;
            errors: components["schemas"]["ProblemDetail"][];
        };
        ProblemDetail: {
            /** @description JSON 指针，或头、参数、变量名 JSON pointer, or the name of a header, parameter or variable */
            pointer: string;
            /** @description 代码 code */
            code: string;
            /** @description 应为 what was expected */
            expected: string;
            /** @description 实为 what came */
            got: string;
        };
        /** @description 时点回溯 Time travel */
        DifferenceAnswer: {
            /** @description 日志位置 position of the log that is shown */
            position: number;
            /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
            recordedAsOfIsFinal: boolean | null;
            /**
             * Format: date
             * @description 起日 first business day, inclusive
             */
            from: string | null;
            /**
             * Format: date
             * @description 止日 last business day, inclusive
             */
            to: string | null;
            /**
             * Format: date
             * @description 同止日 the same as to
             */
            asOf: string | null;
            /** @description 所问的入账时点 the moment of recording that was asked about */
            recordedAsOf: string | null;
            next: string | null;
            notListed?: {
                [key: string]: number;
            };
            against: {
                /**
                 * Format: date
                 * @description 业务日期截至 last business day
                 */
                asOf: string;
                recordedAsOf: string | null;
                recordedAsOfIsFinal: boolean | null;
                /** @description 入账截至的日志位置 the position of the log it shows */
                position: number;
            };
            units: string[];
            /** @description 是否汇总下级 whether units below are added up */
            consolidated: boolean;
            account: string | null;
            accounts: {
                /** @description 基金代码 code of the fund */
                fund: string;
                /** @description 科目，含明细与份额 the account, with its detail and share */
                account: string;
                /** @description 科目编码 its number */
                number: string;
                name: components["schemas"]["Text"];
                /** @description 本时点余额，借方为正 balance at this point, debit positive */
                balance: string;
                /** @description 对比时点余额 balance at the other point */
                against: string;
                /** @description 差额 the one less the other */
                difference: string;
                /** @description 差额中前页凭证的部分 how much of the difference came on pages before */
                before: string;
                /** @description 差额中本页凭证的部分 how much of it comes on this page */
                onPage: string;
                /** @description 差额中后页凭证的部分 how much of it comes on pages behind */
                after: string;
                units: {
                    /** @description 核算单位代码 code of the unit */
                    unit: string;
                    name: components["schemas"]["Text"];
                    /** @description 本时点余额，借方为正 balance at this point, debit positive */
                    balance: string;
                    /** @description 对比时点余额 balance at the other point */
                    against: string;
                    /** @description 差额 the one less the other */
                    difference: string;
                }[];
            }[];
            vouchers: {
                /** @description 凭证编号 id of a voucher */
                id: string;
                /** @description 日志位置 position in the log */
                position: number;
                /** @description 基金代码 code of the fund */
                fund: string;
                /** @description 核算单位代码 code of the unit */
                unit: string;
                voucherNumber: string | null;
                /** @description 种类 kind */
                kind: string;
                /** @description 摘要 summary */
                summary: components["schemas"]["Text"];
                /** Format: date */
                businessDate: string;
                /**
                 * Format: date-time
                 * @description 入账时间 when it was recorded
                 */
                recordedAt: string;
                /**
                 * @description 仅列于哪个时点 at which of the points alone it stands
                 * @enum {string}
                 */
                standsAt: "point" | "against";
                /**
                 * @description 因业务日期、入账时间或两者介于两时点之间 on which axis it lies between the points
                 * @enum {string}
                 */
                through: "dated" | "recorded" | "both";
                effects: {
                    /** @description 科目，含明细与份额 the account, with its detail and share */
                    account: string;
                    /** @description 科目编码 its number */
                    number: string;
                    name: components["schemas"]["Text"];
                    /** @description 对差额的影响 what it does to the difference */
                    amount: string;
                }[];
                reverses: string | null;
                corrects: string | null;
                reversedBy: string | null;
                correctedBy: string[];
                /** @description 凭证编号 id of a voucher */
                withdrawnBy?: string;
                refundedBy?: string[];
                answeredBy?: string[];
                links: {
                    voucher: string;
                    event: string;
                };
            }[];
            check: {
                /** @description 本页凭证数 vouchers on this page */
                vouchers: number;
                /** @description 凭证影响之和是否等于余额之差 whether they add up to what the balances say */
                holds: boolean;
                mismatches: {
                    /** @description 账簿 the book */
                    book: string;
                    account: string;
                    /** @description 凭证之和 what the vouchers come to */
                    vouchers: string;
                    /** @description 余额之差 what the balances say */
                    balances: string;
                }[];
            };
        };
        /** @description 结账情况 Closed periods */
        PeriodsAnswer: {
            /** @description 日志位置 position of the log that is shown */
            position: number;
            /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
            recordedAsOfIsFinal: boolean | null;
            /**
             * Format: date
             * @description 起日 first business day, inclusive
             */
            from: string | null;
            /**
             * Format: date
             * @description 止日 last business day, inclusive
             */
            to: string | null;
            /**
             * Format: date
             * @description 同止日 the same as to
             */
            asOf: string | null;
            /** @description 所问的入账时点 the moment of recording that was asked about */
            recordedAsOf: string | null;
            /** @description 下一页 the cursor of the next page */
            next?: string | null;
            notListed?: {
                [key: string]: number;
            };
            books: {
                /** @description 基金代码 key of the fund */
                fund: string;
                /** @description 核算单位代码 code of the unit */
                unit: string;
                /** @description 已结至 last month closed */
                closedTo: string;
                yearClosedTo: string | null;
                /** @description 最早未结期间 first month that is open */
                nextOpen: string;
                /** @description 最后结账凭证 id of the last close */
                closedBy: string;
            }[];
            /** @description 一览的年度 the year of the board */
            year: string;
            board: {
                /** @description 基金代码 key of the fund */
                fund: string;
                fundName: components["schemas"]["Text"];
                /** @description 核算单位代码 code of the unit */
                unit: string;
                unitName: components["schemas"]["Text"];
                months: {
                    /** @description 月份 month */
                    month: string;
                    /**
                     * @description 已结、待结、未结、尚未建账 how it stands
                     * @enum {string}
                     */
                    state: "closed" | "next" | "open" | "not-begun";
                    by: {
                        /** @description 结账凭证 id of what closed it */
                        id: string;
                        /** @description 经办 maker */
                        maker: string;
                        /** @description 复核 reviewer */
                        reviewer: string;
                    } | null;
                    /** @description 结账前检查 what a close of it looks at */
                    checklist: string;
                }[];
                yearClosed: {
                    /** @description 结账凭证 id of what closed it */
                    id: string;
                    /** @description 经办 maker */
                    maker: string;
                    /** @description 复核 reviewer */
                    reviewer: string;
                } | null;
            }[];
        };
        /** @description 查找 Search */
        SearchAnswer: {
            /** @description 日志位置 position of the log that is shown */
            position: number;
            /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
            recordedAsOfIsFinal: boolean | null;
            /**
             * Format: date
             * @description 起日 first business day, inclusive
             */
            from: string | null;
            /**
             * Format: date
             * @description 止日 last business day, inclusive
             */
            to: string | null;
            /**
             * Format: date
             * @description 同止日 the same as to
             */
            asOf: string | null;
            /** @description 所问的入账时点 the moment of recording that was asked about */
            recordedAsOf: string | null;
            /** @description 下一页 the cursor of the next page */
            next?: string | null;
            notListed?: {
                [key: string]: number;
            };
            /** @description 查找的内容 what was looked for */
            q: string;
            groups: {
                /**
                 * @description 种类 kind
                 * @enum {string}
                 */
                kind: "events" | "streams" | "accounts" | "units" | "funds" | "files" | "numbers" | "amounts" | "cases" | "vouchers";
                /** @description 种类名称 what the kind is called */
                name: components["schemas"]["Text"];
                hits: {
                    /** @description 名称 what it is called */
                    label: components["schemas"]["Text"];
                    detail: components["schemas"]["Text"] | null;
                    amount: string | null;
                    /** @description 凭证或备查的编号 the id of a voucher or memo */
                    id?: string;
                    /** @description 所在 the address that shows it */
                    to: string;
                }[];
                /** @description 是否可能还有 whether there may be more */
                isMore: boolean;
                more: string | null;
            }[];
            since: string | null;
        };
        /** @description 有凭证的日期 Days with vouchers */
        VoucherDaysAnswer: {
            /** @description 日志位置 position of the log that is shown */
            position: number;
            /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
            recordedAsOfIsFinal: boolean | null;
            /**
             * Format: date
             * @description 起日 first business day, inclusive
             */
            from: string | null;
            /**
             * Format: date
             * @description 止日 last business day, inclusive
             */
            to: string | null;
            /**
             * Format: date
             * @description 同止日 the same as to
             */
            asOf: string | null;
            /** @description 所问的入账时点 the moment of recording that was asked about */
            recordedAsOf: string | null;
            /** @description 下一页 the cursor of the next page */
            next?: string | null;
            notListed?: {
                [key: string]: number;
            };
            /**
             * Format: date
             * @description 今天 today
             */
            today: string;
            first: string | null;
            last: string | null;
            before: string | null;
            within: string | null;
            behind: string | null;
            usual: {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
                /** @description 为何是这些日期 why these days */
                says: components["schemas"]["Text"];
            };
            current: {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
            };
        };
        StoredEventPage: {
            /** @description 日志位置 position in the log */
            position: number;
            /** @description 事件标识 id of the event */
            id: string;
            /** @description 所在的流 its stream */
            stream: string;
            /** @description 流内序号 its place in its stream */
            revision: number;
            /** @description 事件类型及版本 type of the event, with its version */
            type: string;
            /** @description 随字节存下的 SHA-256 the SHA-256 that is kept beside the bytes; null where it was lost */
            sha256: string | null;
            reversedBy: string | null;
            correctedBy: string[];
            withdrawnBy?: string;
            refundedBy?: string[];
            answeredBy?: string[];
            links: {
                /** @description 日志中的原处 where it stands in the log */
                event: string;
                /** @description 同一流的事件 the events of its stream */
                stream: string;
                /** @description 事件的数据结构 its schema */
                schema?: string;
                /** @description 流内前一个 the one before it in its stream */
                previous?: string;
                /** @description 流内后一个 the one behind it in its stream */
                next?: string;
                /** @description 记账凭证 as it is printed */
                print?: string;
                /** @description 同一往来号的事件 all events of the same transfer number */
                transfer?: string;
            };
            /** @description 冲销链所示的日志位置 the position of the log up to which links are shown */
            shown: number;
            /** @description 所存的文本；其 UTF-8 字节的 SHA-256 应与 sha256 相同 the stored text: the SHA-256 of its UTF-8 bytes is sha256 */
            stored: string;
            about: {
                /** @description 种类 kind of the event */
                kind: string;
                /** @description 种类名称 what the kind is called */
                kindName: components["schemas"]["Text"];
                /**
                 * @description 凭证、冲销、结账、备查、基础资料、日志说明 what sort of event it is; null where this release does not know
                 * @enum {string|null}
                 */
                form: "voucher" | "reversal" | "closing" | "memo" | "adoption" | "notice" | null;
                /** @description 基金 fund */
                fund: {
                    /** @description 代码 code */
                    code: string;
                    /** @description 名称 what it is called */
                    name: components["schemas"]["Text"];
                } | null;
                /** @description 核算单位 unit */
                unit: {
                    /** @description 代码 code */
                    code: string;
                    /** @description 名称 what it is called */
                    name: components["schemas"]["Text"];
                } | null;
                /** @description 凭证号 voucher number */
                voucherNumber: string | null;
                /** @description 摘要 summary */
                summary: components["schemas"]["Text"];
                /** @description 金额，元 amount in yuan */
                amount: string | null;
                /** @description 往来对象 who stands on the other side */
                counterparty: string | null;
                /** @description 业务日期 business date */
                businessDate: string | null;
                /**
                 * Format: date-time
                 * @description 入账时间（UTC） time of recording, UTC
                 */
                recordedAt: string;
                /** @description 经办 maker */
                maker: string | null;
                /** @description 复核 reviewer */
                reviewer: string | null;
                /** @description 幂等键 idempotency key of a single command */
                key: string | null;
                /** @description 案件号 case */
                caseId: string | null;
                /** @description 往来号 number of the transfer */
                transferId: string | null;
            };
            /** @description 分录 entries */
            entries: {
                /** @description 科目 account */
                account: string;
                /** @description 明细 detail */
                detail: string | null;
                /** @description 份额 share */
                share: string | null;
                /** @description 科目编号与名称 number and name of the account */
                name: components["schemas"]["Text"];
                /** @description 借方，元 debit in yuan */
                debit: string | null;
                /** @description 贷方，元 credit in yuan */
                credit: string | null;
                /** @description 该月明细账 the account ledger of the month */
                to: string;
            }[];
            /** @description 借贷合计及是否相等 totals of both sides, and whether they are equal */
            totals: {
                debit: string;
                credit: string;
                balances: boolean;
            } | null;
            /** @description 原始凭证及其摘要 the source document with its digest */
            evidence: {
                kind: string;
                number: string;
                sha256: string;
            } | null;
            /** @description 冲销、订正、退费、撤回、承接之链 what is linked to it, in the order of recording */
            chain: {
                /** @description 事件标识 id of the event */
                id: string;
                /** @description 是否即本事件 whether it is the event that was asked for */
                isItself: boolean;
                /** @description 日志位置 position in the log */
                position: number;
                /** @description 种类 kind */
                kindName: components["schemas"]["Text"];
                /** @description 凭证号 voucher number */
                voucherNumber: string | null;
                fund: {
                    /** @description 代码 code */
                    code: string;
                    /** @description 名称 what it is called */
                    name: components["schemas"]["Text"];
                } | null;
                unit: {
                    /** @description 代码 code */
                    code: string;
                    /** @description 名称 what it is called */
                    name: components["schemas"]["Text"];
                } | null;
                /** @description 业务日期 business date */
                businessDate: string | null;
                /**
                 * Format: date-time
                 * @description 入账时间（UTC） time of recording, UTC
                 */
                recordedAt: string;
                /** @description 金额，元 amount in yuan */
                amount: string | null;
                /** @description 所指的前一事件 the earlier event that it names */
                names: {
                    /** @enum {string} */
                    field: "reverses" | "corrects" | "withdraws" | "answers" | "original";
                    /** @description 对所指事件做了什么 what it does to the event that it names */
                    says: components["schemas"]["Text"];
                    id: string;
                    to: string;
                } | null;
                /** @description 该事件的地址 its own page */
                to: string;
            }[];
            /** @description 链是否列全 whether all of the chain is listed */
            chainIsWhole: boolean;
            /** @description 上下级往来的两方凭证 the vouchers of both sides of a transfer between levels */
            transfer: {
                /** @description 事件标识 id of the event */
                id: string;
                /** @description 是否即本事件 whether it is the event that was asked for */
                isItself: boolean;
                /** @description 日志位置 position in the log */
                position: number;
                /** @description 种类 kind */
                kindName: components["schemas"]["Text"];
                /** @description 凭证号 voucher number */
                voucherNumber: string | null;
                fund: {
                    /** @description 代码 code */
                    code: string;
                    /** @description 名称 what it is called */
                    name: components["schemas"]["Text"];
                } | null;
                unit: {
                    /** @description 代码 code */
                    code: string;
                    /** @description 名称 what it is called */
                    name: components["schemas"]["Text"];
                } | null;
                /** @description 业务日期 business date */
                businessDate: string | null;
                /**
                 * Format: date-time
                 * @description 入账时间（UTC） time of recording, UTC
                 */
                recordedAt: string;
                /** @description 金额，元 amount in yuan */
                amount: string | null;
                /** @description 所指的前一事件 the earlier event that it names */
                names: {
                    /** @enum {string} */
                    field: "reverses" | "corrects" | "withdraws" | "answers" | "original";
                    /** @description 对所指事件做了什么 what it does to the event that it names */
                    says: components["schemas"]["Text"];
                    id: string;
                    to: string;
                } | null;
                /** @description 该事件的地址 its own page */
                to: string;
                /** @enum {string} */
                side: "sent" | "received";
            }[];
            /** @description 对基础资料的变更 what it changes in the reference data */
            changes?: {
                /** @description 自何日起 the day from which it holds */
                from: string | null;
                table: string;
                key: string;
                says: components["schemas"]["Text"];
                /** @description 此前 what held before */
                was: components["schemas"]["Text"] | null;
            }[];
            /** @description 入账时的疑点 what looked wrong when it was recorded */
            findings: components["schemas"]["Finding"][];
            /** @description 来源文件 the file that it came from; null for a single command */
            source: {
                /** @description 来源文件摘要的前 32 位 the first 32 digits of the digest of the file */
                digest: string;
                /** @description 行号 line of the file */
                line: number;
                /** @description 本服务所知的该文件的导入 the imports of the file that this service knows of */
                imports: {
                    id: string;
                    receivedAt: string | null;
                    format: string | null;
                    /** @description 文件的 SHA-256 SHA-256 of the file */
                    digest: string | null;
                    to: string;
                }[];
            } | null;
            /** @description 各字段及其含义 every field with what it means */
            fields: {
                /** @description 字段位置（JSON 指针） place of the field, as a JSON pointer */
                pointer: string;
                /** @description 含义；本版本不知者为 null what it means; null where this release does not know it */
                name: components["schemas"]["Text"] | null;
                /** @description 所存的值；有下级字段者为 null the value as stored; null for what has parts */
                value: string | null;
                /** @description 代码的名称 what people call the value, where it is a code */
                valueName: components["schemas"]["Text"] | null;
            }[];
            /** @description 事件本身 the event itself */
            data: Record<string, never>;
        };
        Finding: {
            /** @description 位置 place in the command */
            pointer: string;
            /** @description 代码 code */
            code: string;
            expected: components["schemas"]["Text"];
            /** @description 实际值 what came */
            got: string;
        };
        EventsPage: {
            /** @description 日志末尾 the end of the log */
            position: number;
            /** @description 按位置排列的事件 events in order of position */
            events: {
                /** @description 日志位置 position in the log */
                position: number;
                /** @description 事件标识 id of the event */
                id: string;
                /** @description 所在的流 its stream */
                stream: string;
                /** @description 流内序号 its place in its stream */
                revision: number;
                /** @description 事件类型及版本 type of the event, with its version */
                type: string;
                /** @description 所存字节的 SHA-256 SHA-256 of the stored bytes */
                sha256: string;
                /** @description 事件本身 the event itself */
                data: Record<string, never>;
            }[];
            /** @description 继续时作为 after what to pass as `after` to go on */
            next: number;
            /** @description 为本页查看了日志的哪一段；一次查看有上限，没有找到时由此继续 the part of the log that was looked at for the page: a look is bounded, and goes on from there */
            looked: {
                /** @description 此位置之后 behind this position */
                after: number;
                /** @description 至此位置 up to this one */
                upTo: number;
            };
            /** @description 同样条件的各页，地址不变 the pages around it, of the same filters; the addresses are stable */
            links: {
                /** @description 第一页 the first page */
                first: string;
                /** @description 上一页 the page before */
                previous?: string;
                /** @description 下一页 the next page */
                next?: string;
                /** @description 最后一页 the last page */
                last: string;
            };
        };
        EventTables: {
            /** @description 日志位置 position of the log that is shown */
            position: number;
            /** @description 起日 first business day, null where there is no bound */
            from: string | null;
            /** @description 截止日 last business day, null where there is no bound */
            to: string | null;
            /** @description 同 to the same as to */
            asOf: string | null;
            /** @description 入账截止 as recorded by, as it was asked */
            recordedAsOf: string | null;
            /** @description 所问入账时点的回答不会再变 what is shown of that moment can no longer change; null where none was asked */
            recordedAsOfIsFinal: boolean | null;
            /** @description 下一页的 cursor cursor of the next page; null where there is none */
            next: string | null;
            /** @description 各表 tables */
            tables: {
                /** @description 表的代号，即参数 sheet by which it is asked for: the parameter sheet */
                name: string;
                /** @description 表名 title */
                title: string;
                /** @description 表名与表格之间的各行 lines between the title and the table */
                head: string[];
                /** @description 金额单位，如“单位：万元” what amounts are in; null where there are none */
                unit: string | null;
                /** @description 各栏 columns */
                columns: {
                    /** @description 第几栏（从 1 起），即参数 hiddenColumns 所用 which column it is, from 1: as hiddenColumns names it */
                    number: number;
                    /** @description 栏名 name */
                    name: string;
                    /**
                     * @description 文字、金额、件数、比率 text, an amount of money, a count, a rate
                     * @enum {string}
                     */
                    kind: "text" | "fen" | "count" | "rate";
                    /** @description 与相邻各栏共有的上层栏名 a heading over it and its neighbours with the same */
                    group?: string;
                }[];
                /** @description 应要求未列的栏 columns that were asked to be left out */
                hidden: {
                    /** @description 第几栏 which column */
                    number: number;
                    /** @description 栏名 name */
                    name: string;
                }[];
                /** @description 各行，含舍入差行 rows, with those that say what rounding leaves over */
                rows: {
                    /** @description 各栏的格 a cell for each column */
                    cells: {
                        /** @description 所印文字，金额不分节 what is printed; amounts without thousands separators */
                        text: string;
                        /** @description 金额有舍入时：精确到分的元 where an amount is rounded: in yuan, to the fen */
                        exact?: string;
                        /** @description 本格由何而来：下一层查询的地址 what the cell is made of: the address of the question that lists it */
                        to?: string;
                        /**
                         * @description 左右两栏的表中，只有一边是合计、小计时 of one side of a form with two, where that side alone is a sum
                         * @enum {string}
                         */
                        role?: "total" | "subtotal" | "heading";
                    }[];
                    /** @description 本行数值的分级标准 what the figure of the row is judged by, where it is */
                    scale?: {
                        /** @description 数值与界限的单位 what the figure and the bounds are in */
                        unit: string;
                        /** @description 分级标准的文字 the whole in words */
                        says: string;
                        /** @description 各级，由低到高 in ascending order of the figure */
                        bands: {
                            /** @description 等级代码 code of the level */
                            level: string;
                            /** @description 等级名称 what the level is called */
                            name: string;
                            /** @description 下界，十进制数，无下界为 null lower bound, a decimal number; null where none */
                            from: string | null;
                            /** @description 上界，无上界为 null upper bound; null where none */
                            to: string | null;
                        }[];
                    };
                    /**
                     * @description 合计、小计、舍入差、标题；普通行无 absent of a line like any other
                     * @enum {string}
                     */
                    role?: "total" | "subtotal" | "rounding" | "heading";
                    /** @description 缩进层次，顶层无 how far it is set in, by two spaces of its first cell; absent of the first level */
                    level?: number;
                }[];
                /** @description 附注 notes */
                notes: string[];
                /** @description 勾稽关系 what ties in it, and with others */
                checks: {
                    /** @description 应成立的关系 what must be so */
                    says: string;
                    /** @description 是否成立 whether it is */
                    holds: boolean;
                }[];
                /** @description 未列出的项数；全部列出为 null how many things are not listed; null where all are */
                notListed: number | null;
            }[];
            /** @description 为本页查看了日志的哪一段；一次查看有上限，没有找到时由此继续 the part of the log that was looked at for the page: a look is bounded, and goes on from there */
            looked: {
                /** @description 此位置之后 behind this position */
                after: number;
                /** @description 至此位置 up to this one */
                upTo: number;
            };
            /** @description 同样条件的各页，地址不变 the pages around it, of the same filters; the addresses are stable */
            links: {
                /** @description 第一页 the first page */
                first: string;
                /** @description 上一页 the page before */
                previous?: string;
                /** @description 下一页 the next page */
                next?: string;
                /** @description 最后一页 the last page */
                last: string;
            };
        };
        Import: {
            /**
             * Format: uuid
             * @description 导入标识 id of the import
             */
            id: string;
            /** @description 文件字节数 bytes of the file */
            bytes: number;
            /** @description 只检查 check only */
            dryRun: boolean;
            /** @description 合格的行入账 good lines are posted though others are bad */
            acceptGood: boolean;
            /**
             * @description 状态 how it stands
             * @enum {string}
             */
            status: "queued" | "running" | "paused" | "done" | "failed" | "cancelled" | "set-aside";
            links: {
                /**
                 * Format: uri-reference
                 * @description 此导入 the import
                 */
                import: string;
                /**
                 * Format: uri-reference
                 * @description 由它而来的凭证 the vouchers it became
                 */
                vouchers?: string;
            };
            /** @description 发送者所称的文件名 what its sender calls the file */
            name?: string;
            /**
             * @description 格式 format
             * @enum {string}
             */
            format?: "csv" | "ndjson";
            /**
             * @description 编码 encoding
             * @enum {string}
             */
            encoding?: "utf-8" | "gb18030" | "utf-16le" | "utf-16be";
            /** @description 收到时间，不详为空 when it arrived; empty where that is not known */
            receivedAt?: string;
            /**
             * Format: date-time
             * @description 结束时间 when it ended
             */
            endedAt?: string;
            /** @description 疑似重复也入账 also what is likely recorded already */
            acceptDuplicates?: boolean;
            /** @description 正在取消 it is being cancelled */
            cancelling?: boolean;
            error?: components["schemas"]["JobError"];
            progress?: components["schemas"]["ImportProgress"];
            control?: {
                count: number;
                /** @description 金额合计，元 sum in yuan */
                sum: string;
                /** @description 种类 kind */
                kind: string;
                /** @description 基金 fund */
                fund: string;
            }[];
            report?: components["schemas"]["ImportReport"];
        };
        JobError: {
            /** @description 代码 code */
            code: string;
            detail: components["schemas"]["Text"];
        };
        ImportProgress: {
            /**
             * @description 步骤 phase
             * @enum {string}
             */
            phase: "inspecting" | "checking" | "posting" | "projecting";
            /** @description 已完成 done */
            done: number;
            /** @description 总数 how much there is */
            total: number;
            /** @description 已处理行数 lines dealt with */
            lines: number;
            /** @description 错误数 errors */
            errorCount: number;
            /** @description 已入账 posted */
            posted?: number;
            /** @description 此前已入账 stood before */
            replayed?: number;
            /** @description 被拒绝 rejected */
            rejected?: number;
            paused?: components["schemas"]["Text"];
        };
        ImportReport: {
            /** @description 文件 the file */
            file: string;
            /**
             * @description 结果：已入账、只检查、拒绝、对照数不符、部分行未入账 what became of it
             * @enum {string}
             */
            outcome: "posted" | "checked" | "refused" | "control-mismatch" | "incomplete";
            /** @description 文件的 SHA-256 SHA-256 of the file */
            digest: string;
            /** @description 文件中的行数 records in the file */
            lines: number;
            /** @description 新入账 newly posted */
            posted: number;
            /** @description 此前已入账 stood before */
            replayed: number;
            /** @description 被拒绝 rejected */
            rejected: number;
            /** @description 日志位置 position of the log */
            position: number;
            /**
             * @description 格式 format
             * @enum {string}
             */
            format: "csv" | "ndjson";
            /**
             * @description 编码 encoding
             * @enum {string}
             */
            encoding: "utf-8" | "gb18030" | "utf-16le" | "utf-16be";
            /** @description 文件内重复 stand in the file before */
            repeated: number;
            totals: components["schemas"]["FileTotal"][];
            mismatches: components["schemas"]["ControlTotal"][];
            notes: components["schemas"]["ImportNote"][];
            errors: components["schemas"]["LineError"][];
            /** @description 错误数 errors */
            errorCount: number;
            /** @description 用时，毫秒 ms it took */
            elapsedMs: number;
            fundNames?: {
                [key: string]: components["schemas"]["Text"];
            };
            control?: components["schemas"]["ControlTotal"][];
            /** @description 清单中的错误数 how many errors are listed */
            errorsListed?: number;
            /**
             * Format: uri-reference
             * @description 清单 the list
             */
            errorsFile?: string;
            /**
             * Format: uri-reference
             * @description 清单 the list
             */
            rejectsFile?: string;
            listsProblem?: components["schemas"]["Text"];
        };
        FileTotal: {
            count: number;
            /** @description 金额合计，元 sum in yuan */
            sum: string;
            /** @description 种类 kind */
            kind: string;
            /** @description 基金 fund */
            fund: string;
            added: {
                count: number;
                /** @description 金额合计，元 sum in yuan */
                sum: string;
            };
            stood: {
                count: number;
                /** @description 金额合计，元 sum in yuan */
                sum: string;
            };
        };
        ControlTotal: {
            /** @description 种类 kind */
            kind: string;
            /** @description 基金 fund */
            fund: string;
            expected: {
                count: number;
                /** @description 金额合计，元 sum in yuan */
                sum: string;
            };
            got: {
                count: number;
                /** @description 金额合计，元 sum in yuan */
                sum: string;
            };
            added: {
                count: number;
                /** @description 金额合计，元 sum in yuan */
                sum: string;
            };
            stood: {
                count: number;
                /** @description 金额合计，元 sum in yuan */
                sum: string;
            };
            difference: {
                count: number;
                /** @description 金额合计，元 sum in yuan */
                sum: string;
            };
        };
        ImportNote: {
            /** @description 代码 code */
            code: string;
            text: components["schemas"]["Text"];
            /** @description 次数 how often */
            count: number;
            /** @description 第一处的行号 the first line */
            line: number;
            /** @description 文件中所写 what stands in the file */
            got: string;
            /** @description 当作 what it was taken for */
            taken: string;
        };
        LineError: {
            /** @description 文件的行号 line of the file */
            line: number;
            /** @description 列 column as the file calls it */
            field: string;
            /** @description 代码 code */
            code: string;
            expected: components["schemas"]["Text"];
            /** @description 实为 what stands there */
            got: string;
            says?: components["schemas"]["Text"];
        };
        Imports: {
            imports: components["schemas"]["ListedImport"][];
            /**
             * Format: uri-reference
             * @description 下一页 the next page
             */
            next?: string;
        };
        ListedImport: {
            /**
             * Format: uuid
             * @description 导入标识 id of the import
             */
            id: string;
            /** @description 文件字节数 bytes of the file */
            bytes: number;
            /** @description 只检查 check only */
            dryRun: boolean;
            /** @description 合格的行入账 good lines are posted though others are bad */
            acceptGood: boolean;
            /**
             * @description 状态 how it stands
             * @enum {string}
             */
            status: "queued" | "running" | "paused" | "done" | "failed" | "cancelled" | "set-aside";
            links: {
                /**
                 * Format: uri-reference
                 * @description 此导入 the import
                 */
                import: string;
                /**
                 * Format: uri-reference
                 * @description 由它而来的凭证 the vouchers it became
                 */
                vouchers?: string;
            };
            /** @description 发送者所称的文件名 what its sender calls the file */
            name?: string;
            /**
             * @description 格式 format
             * @enum {string}
             */
            format?: "csv" | "ndjson";
            /**
             * @description 编码 encoding
             * @enum {string}
             */
            encoding?: "utf-8" | "gb18030" | "utf-16le" | "utf-16be";
            /** @description 收到时间，不详为空 when it arrived; empty where that is not known */
            receivedAt?: string;
            /**
             * Format: date-time
             * @description 结束时间 when it ended
             */
            endedAt?: string;
            /** @description 疑似重复也入账 also what is likely recorded already */
            acceptDuplicates?: boolean;
            /** @description 正在取消 it is being cancelled */
            cancelling?: boolean;
            error?: components["schemas"]["JobError"];
            progress?: components["schemas"]["ImportProgress"];
            report?: {
                /**
                 * @description 结果：已入账、只检查、拒绝、对照数不符、部分行未入账 what became of it
                 * @enum {string}
                 */
                outcome: "posted" | "checked" | "refused" | "control-mismatch" | "incomplete";
                /** @description 文件的 SHA-256 SHA-256 of the file */
                digest: string;
                /** @description 文件中的行数 records in the file */
                lines: number;
                /** @description 新入账 newly posted */
                posted: number;
                /** @description 此前已入账 stood before */
                replayed: number;
                /** @description 被拒绝 rejected */
                rejected: number;
                /** @description 日志位置 position of the log */
                position: number;
            };
        };
        ImportedFiles: {
            /** @description 日志位置 position of the log */
            position: number;
            files: {
                /** @description 文件 SHA-256 的前 32 位 the first 32 digits of its SHA-256 */
                source: string;
                /** @description 已入账的行数 lines that stand */
                lines: number;
                /** @description 涉及的账簿与登记簿数 books and registers that they stand in */
                streams: number;
                /** @description 日志位置 position of the log */
                first: number;
                /** @description 日志位置 position of the log */
                last: number;
                /**
                 * Format: date-time
                 * @description 最早入账 when the first was recorded
                 */
                firstRecordedAt: string;
                /**
                 * Format: date-time
                 * @description 最晚入账 when the last was recorded
                 */
                lastRecordedAt: string;
                links: {
                    /**
                     * Format: uri-reference
                     * @description 凭证 the vouchers
                     */
                    vouchers: string;
                };
            }[];
            /** @description 已全部列出 all are listed */
            isWhole: boolean;
        };
        NamesInUse: {
            /** @description 日志位置 position of the log */
            position: number;
            /**
             * @description 种类、经办、复核、案件 kind, maker, reviewer, case
             * @enum {string}
             */
            of: "kind" | "maker" | "reviewer" | "caseId";
            names: {
                /** @description 值 the value */
                value: string;
                name: components["schemas"]["Text"];
            }[];
            /** @description 已全部列出 all are listed */
            isWhole: boolean;
        };
        JobRequest: {
            /**
             * @description 种类 what to do
             * @enum {string}
             */
            kind: "verify" | "replay";
        } | {
            /** @constant */
            kind: "export";
            /** @description 查询的地址，带 format=csv 或 xlsx the address of a question, with format=csv or xlsx */
            request: string;
        };
        Job: {
            /**
             * Format: uuid
             * @description 任务标识 id of the job
             */
            id: string;
            /**
             * @description 种类：核验、重放、导出 what it does
             * @enum {string}
             */
            kind: "verify" | "replay" | "export";
            /**
             * @description 状态：等候、进行、完成、失败、已取消、因服务停止而中断 how it stands; cut-off: the service ended under it
             * @enum {string}
             */
            status: "queued" | "running" | "done" | "failed" | "cancelled" | "cut-off";
            /**
             * Format: date-time
             * @description 发起时间 when it was asked for
             */
            askedAt: string;
            links: {
                /**
                 * Format: uri-reference
                 * @description 任务 the job
                 */
                job: string;
                /**
                 * Format: uri-reference
                 * @description 文件 its file
                 */
                file?: string;
            };
            /**
             * Format: uri-reference
             * @description 导出的地址 the address that is exported
             */
            request?: string;
            /**
             * @description 语言 language
             * @enum {string}
             */
            language?: "zh" | "en";
            /**
             * Format: date-time
             * @description 开始时间 when it began
             */
            startedAt?: string;
            /**
             * Format: date-time
             * @description 结束时间 when it ended
             */
            endedAt?: string;
            progress?: components["schemas"]["JobProgress"];
            error?: components["schemas"]["JobError"];
            says?: components["schemas"]["Text"];
            result?: {
                verify: components["schemas"]["Verified"];
            } | {
                replay: components["schemas"]["Replayed"];
            } | {
                file: components["schemas"]["ExportedFile"];
            };
        };
        JobProgress: {
            title: components["schemas"]["Text"];
            /** @description 第几步 which phase this is */
            phase: number;
            /** @description 共几步 how many phases there are */
            phases: number;
            /**
             * @description 计数对象 what is counted
             * @enum {string}
             */
            counts: "positions" | "events" | "tables" | "bytes";
            /** @description 已完成 done of this phase */
            done: number;
            total: number | null;
            perSecond: number | null;
            remainingSeconds: number | null;
        };
        Verified: {
            /** @description 全部通过 everything holds */
            ok: boolean;
            /** @description 事件数 events checked */
            events: number;
            /** @description 日志位置 position of the log */
            position: number;
            /** @description 用时，秒 how long it took, in seconds */
            seconds: number;
            breaches: components["schemas"]["Breach"][];
            /** @description 不符处数 how many breaches there are */
            breachCount: number;
            notes: components["schemas"]["Breach"][];
            /** @description 提示数 how many notes there are */
            noteCount: number;
            transfers: {
                /** @description 相符 matched */
                matched: number;
                /** @description 在途 in transit */
                inTransit: number;
                /** @description 已收未付 received and not sent */
                unmatched: number;
                /** @description 一方有多张凭证 with several vouchers on a side */
                repeated: number;
            };
            readTables: {
                /** @description 查询视图 projection */
                projection: string;
                /** @description 日志位置 position of the log */
                position: number;
            }[];
        };
        Breach: {
            position: number | null;
            id: string | null;
            /**
             * @description 不变量 what must hold
             * @enum {string}
             */
            invariant: "store" | "mark" | "readable" | "canonical" | "known-type" | "shape" | "stream" | "revision" | "recorded-time" | "recorded-time-order" | "recorded-ahead" | "stored-late" | "recorded-time-step" | "clock" | "business-date" | "two-people" | "rules-of-today" | "voucher-number" | "entries" | "balanced" | "amount-moved" | "equation" | "closing" | "below-zero" | "reference" | "memo-moves-nothing" | "register" | "restored" | "reversal" | "correction" | "closed-periods" | "key-once" | "eliminations" | "transfers" | "enforcement" | "read-tables";
            name: components["schemas"]["Text"];
            /** @description 应为 what was expected */
            expected: string;
            /** @description 实为 what stands */
            got: string;
        };
        Replayed: {
            /** @description 逐行相同 equal row for row */
            equal: boolean;
            /** @description 事件数 events replayed */
            events: number;
            /** @description 用时，秒 how long it took, in seconds */
            seconds: number;
            tables: {
                /** @description 查询视图 projection */
                projection: string;
                /** @description 表 table */
                table: string;
                /** @description 日志位置 position of the log */
                position: number;
                /** @description 现有行数 rows live */
                liveRows: number;
                /** @description 重建行数 rows rebuilt */
                rebuiltRows: number;
                /** @description 差异行数 rows that differ */
                differences: number;
                first: {
                    live: string | null;
                    rebuilt: string | null;
                }[];
            }[];
            notThere: {
                /** @description 查询视图 projection */
                projection: string;
                /** @description 原因 why */
                why: string;
            }[];
        };
        ExportedFile: {
            /** @description 文件名 name of the file */
            name: string;
            /**
             * @description 格式 format
             * @enum {string}
             */
            format: "csv" | "xlsx";
            /** @description 字节 bytes */
            bytes: number;
            /** @description SHA-256 SHA-256 */
            sha256: string;
            /** @description 日志位置 position of the log */
            position: number;
        };
        Jobs: {
            jobs: components["schemas"]["ListedJob"][];
        };
        ListedJob: {
            /**
             * Format: uuid
             * @description 任务标识 id of the job
             */
            id: string;
            /**
             * @description 种类：核验、重放、导出 what it does
             * @enum {string}
             */
            kind: "verify" | "replay" | "export";
            /**
             * @description 状态：等候、进行、完成、失败、已取消、因服务停止而中断 how it stands; cut-off: the service ended under it
             * @enum {string}
             */
            status: "queued" | "running" | "done" | "failed" | "cancelled" | "cut-off";
            /**
             * Format: date-time
             * @description 发起时间 when it was asked for
             */
            askedAt: string;
            links: {
                /**
                 * Format: uri-reference
                 * @description 任务 the job
                 */
                job: string;
                /**
                 * Format: uri-reference
                 * @description 文件 its file
                 */
                file?: string;
            };
            /**
             * Format: uri-reference
             * @description 导出的地址 the address that is exported
             */
            request?: string;
            /**
             * @description 语言 language
             * @enum {string}
             */
            language?: "zh" | "en";
            /**
             * Format: date-time
             * @description 开始时间 when it began
             */
            startedAt?: string;
            /**
             * Format: date-time
             * @description 结束时间 when it ended
             */
            endedAt?: string;
            progress?: components["schemas"]["JobProgress"];
            error?: components["schemas"]["JobError"];
            says?: components["schemas"]["Text"];
        };
        Operation: {
            position: number | null;
            /** @description 版本 version */
            version: string;
            /**
             * Format: date-time
             * @description 启动时间 when it started
             */
            startedAt: string;
            /** @description 已运行秒数 seconds since then */
            uptimeSeconds: number;
            /**
             * @description 日志所在 where the log is
             * @enum {string}
             */
            store: "sqlite" | "kurrentdb";
            /** @description 可用 ready */
            ready: boolean;
            conditions: components["schemas"]["Condition"][];
            projections: {
                /** @description 查询视图 projection */
                name: string;
                title: components["schemas"]["Text"];
                /** @description 日志位置 position of the log */
                position: number;
                lag: number | null;
                failure: string | null;
            }[];
            relay: {
                /** @description 状态 state */
                state: string;
                /** @description 日志位置 position of the log */
                position: number;
                lag: number | null;
            } | null;
            clock: {
                /** @description 状态 state */
                state: string;
                /**
                 * Format: date-time
                 * @description 本机时间 the time of this machine
                 */
                now: string;
                lastRecordedAt: string | null;
                says: components["schemas"]["Text"];
            };
            sizes: {
                /** @description 名 name */
                name: string;
                title: components["schemas"]["Text"];
                /** @description 字节 bytes */
                bytes: number;
            }[];
            disk: {
                /** @description 空闲字节 free bytes */
                freeBytes: number;
                /** @description 总字节 bytes of the disk */
                bytes: number;
            };
            lastVerification: {
                /**
                 * Format: date-time
                 * @description 何时 when
                 */
                at: string;
                /** @description 程序版本 version of the program */
                version: string;
                likeness: ("same" | "parted" | "other") | null;
                /**
                 * @description 由任务或命令 who did it
                 * @enum {string}
                 */
                by: "job" | "command";
                /** @description 事件数 events */
                events: number;
                /** @description 日志位置 position of the log */
                position: number;
                /** @description 不符处数 breaches */
                breachCount: number;
                /** @description 提示数 notes */
                noteCount: number;
                /** @description 用时，秒 seconds it took */
                seconds: number;
            } | null;
            lastBackup: {
                /**
                 * Format: date-time
                 * @description 何时 when
                 */
                at: string;
                /** @description 程序版本 version of the program */
                version: string;
                likeness: ("same" | "parted" | "other") | null;
                /** @description 事件数 events */
                events: number;
                /** @description 日志位置 position of the log */
                position: number;
                /** @description 备份目录 directory of the backup */
                directory: string;
                /** @description 字节 bytes */
                bytes: number;
                /** @description SHA-256 SHA-256 */
                sha256: string;
            } | null;
            lastRestore: {
                /**
                 * Format: date-time
                 * @description 何时 when
                 */
                at: string;
                /** @description 程序版本 version of the program */
                version: string;
                likeness: ("same" | "parted" | "other") | null;
                /** @description 事件数 events */
                events: number;
                /** @description 日志位置 position of the log */
                position: number;
                /** @description 备份目录 directory of the backup */
                directory: string;
                /**
                 * Format: date-time
                 * @description 备份制作时间 when the backup was made
                 */
                madeAt: string;
                /** @description 丢失的事件数 events that were not in it */
                lost: number;
            } | null;
            unreadable: {
                /** @description 记录 record */
                record: string;
                /** @description 原因 why */
                why: string;
            }[];
        };
        Condition: {
            /** @description 部件 name of the part */
            name: string;
            title: components["schemas"]["Text"];
            /**
             * @description 良好、须留意、不可用 how it stands
             * @enum {string}
             */
            standing: "well" | "notice" | "down";
            /** @description 状态 its state */
            state: string;
            what: components["schemas"]["Text"];
            means: components["schemas"]["Text"];
            todo: components["schemas"]["Text"] | null;
            found: string | null;
            facts: {
                [key: string]: string | number | null;
            };
        };
        Downstream: {
            position: number | null;
            /** @description 是否配置了 Kafka whether a Kafka is configured */
            configured: boolean;
            says: components["schemas"]["Text"];
            relay: {
                /** @description 状态 state */
                state: string;
                /**
                 * @description 良好、须留意、不可用 how it stands
                 * @enum {string}
                 */
                standing: "well" | "notice" | "down";
                means: components["schemas"]["Text"];
                todo: components["schemas"]["Text"] | null;
                found: string | null;
                /** @description 最后投递的位置 position of the last event delivered */
                delivered: number;
                lag: number | null;
                /** @description 启动以来投递的事件数 events delivered since the start */
                sinceStart: number;
            } | null;
            topics: {
                /** @description 主题 topic */
                name: string;
                what: components["schemas"]["Text"];
            }[];
            /**
             * Format: uri-reference
             * @description 主题的说明 the description of the topic
             */
            asyncapi: string;
            schemas: {
                /** @description 事件类型与版本 type and version of an event */
                event: string;
                name: components["schemas"]["Text"];
                /**
                 * Format: uri-reference
                 * @description 数据结构 its schema
                 */
                schema: string;
            }[];
        };
    };
    responses: {
        /** @description 请求不符合格式 the request is not well formed */
        Invalid: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:tongzhang:problem:below-zero",
                 *       "title": "账务规则不允许",
                 *       "status": 422,
                 *       "detail": "任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）",
                 *       "instance": "/v1/money-movements#req-1",
                 *       "code": "below-zero",
                 *       "errors": [
                 *         {
                 *           "pointer": "/amount",
                 *           "code": "below-zero",
                 *           "expected": "不超过 100.00（treasury）",
                 *           "got": "200.00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description 路径过长 the target is too long */
        TargetTooLong: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:tongzhang:problem:below-zero",
                 *       "title": "账务规则不允许",
                 *       "status": 422,
                 *       "detail": "任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）",
                 *       "instance": "/v1/money-movements#req-1",
                 *       "code": "below-zero",
                 *       "errors": [
                 *         {
                 *           "pointer": "/amount",
                 *           "code": "below-zero",
                 *           "expected": "不超过 100.00（treasury）",
                 *           "got": "200.00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description 不支持的 Expect an expectation that is not met */
        ExpectationFailed: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:tongzhang:problem:below-zero",
                 *       "title": "账务规则不允许",
                 *       "status": 422,
                 *       "detail": "任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）",
                 *       "instance": "/v1/money-movements#req-1",
                 *       "code": "below-zero",
                 *       "errors": [
                 *         {
                 *           "pointer": "/amount",
                 *           "code": "below-zero",
                 *           "expected": "不超过 100.00（treasury）",
                 *           "got": "200.00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Host 不是本服务（ALLOWED_HOSTS） another host is asked for (ALLOWED_HOSTS) */
        Misdirected: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:tongzhang:problem:below-zero",
                 *       "title": "账务规则不允许",
                 *       "status": 422,
                 *       "detail": "任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）",
                 *       "instance": "/v1/money-movements#req-1",
                 *       "code": "below-zero",
                 *       "errors": [
                 *         {
                 *           "pointer": "/amount",
                 *           "code": "below-zero",
                 *           "expected": "不超过 100.00（treasury）",
                 *           "got": "200.00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description 等候的查询或导入已达上限，稍后再来 as many questions, or imports, as may wait are waiting; come again later */
        TooMany: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                /** @description 秒 seconds */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:tongzhang:problem:below-zero",
                 *       "title": "账务规则不允许",
                 *       "status": 422,
                 *       "detail": "任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）",
                 *       "instance": "/v1/money-movements#req-1",
                 *       "code": "below-zero",
                 *       "errors": [
                 *         {
                 *           "pointer": "/amount",
                 *           "code": "below-zero",
                 *           "expected": "不超过 100.00（treasury）",
                 *           "got": "200.00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description 请求头过大 the head is too large */
        HeadTooLarge: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:tongzhang:problem:below-zero",
                 *       "title": "账务规则不允许",
                 *       "status": 422,
                 *       "detail": "任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）",
                 *       "instance": "/v1/money-movements#req-1",
                 *       "code": "below-zero",
                 *       "errors": [
                 *         {
                 *           "pointer": "/amount",
                 *           "code": "below-zero",
                 *           "expected": "不超过 100.00（treasury）",
                 *           "got": "200.00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description 暂不可用，稍后再试 unavailable for now, try again later */
        Unavailable: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                /** @description 秒 seconds */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:tongzhang:problem:below-zero",
                 *       "title": "账务规则不允许",
                 *       "status": 422,
                 *       "detail": "任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）",
                 *       "instance": "/v1/money-movements#req-1",
                 *       "code": "below-zero",
                 *       "errors": [
                 *         {
                 *           "pointer": "/amount",
                 *           "code": "below-zero",
                 *           "expected": "不超过 100.00（treasury）",
                 *           "got": "200.00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description 没有找到 not found */
        NotFound: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:tongzhang:problem:below-zero",
                 *       "title": "账务规则不允许",
                 *       "status": 422,
                 *       "detail": "任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）",
                 *       "instance": "/v1/money-movements#req-1",
                 *       "code": "below-zero",
                 *       "errors": [
                 *         {
                 *           "pointer": "/amount",
                 *           "code": "below-zero",
                 *           "expected": "不超过 100.00（treasury）",
                 *           "got": "200.00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description 其他网站的页面不得写入 a page of another site may not write */
        CrossSite: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:tongzhang:problem:below-zero",
                 *       "title": "账务规则不允许",
                 *       "status": 422,
                 *       "detail": "任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）",
                 *       "instance": "/v1/money-movements#req-1",
                 *       "code": "below-zero",
                 *       "errors": [
                 *         {
                 *           "pointer": "/amount",
                 *           "code": "below-zero",
                 *           "expected": "不超过 100.00（treasury）",
                 *           "got": "200.00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description 请求或上传未及时到齐 the request, or an upload, did not arrive in time */
        TimedOut: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:tongzhang:problem:below-zero",
                 *       "title": "账务规则不允许",
                 *       "status": 422,
                 *       "detail": "任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）",
                 *       "instance": "/v1/money-movements#req-1",
                 *       "code": "below-zero",
                 *       "errors": [
                 *         {
                 *           "pointer": "/amount",
                 *           "code": "below-zero",
                 *           "expected": "不超过 100.00（treasury）",
                 *           "got": "200.00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description 内容超过上限 the body is over its limit */
        TooLarge: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:tongzhang:problem:below-zero",
                 *       "title": "账务规则不允许",
                 *       "status": 422,
                 *       "detail": "任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）",
                 *       "instance": "/v1/money-movements#req-1",
                 *       "code": "below-zero",
                 *       "errors": [
                 *         {
                 *           "pointer": "/amount",
                 *           "code": "below-zero",
                 *           "expected": "不超过 100.00（treasury）",
                 *           "got": "200.00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description 内容类型不受支持 unsupported content type */
        UnsupportedType: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:tongzhang:problem:below-zero",
                 *       "title": "账务规则不允许",
                 *       "status": 422,
                 *       "detail": "任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）",
                 *       "instance": "/v1/money-movements#req-1",
                 *       "code": "below-zero",
                 *       "errors": [
                 *         {
                 *           "pointer": "/amount",
                 *           "code": "below-zero",
                 *           "expected": "不超过 100.00（treasury）",
                 *           "got": "200.00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description 磁盘空间不足，稍后再试 the disk is full, try again later */
        DiskFull: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                /** @description 秒 seconds */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:tongzhang:problem:below-zero",
                 *       "title": "账务规则不允许",
                 *       "status": 422,
                 *       "detail": "任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）",
                 *       "instance": "/v1/money-movements#req-1",
                 *       "code": "below-zero",
                 *       "errors": [
                 *         {
                 *           "pointer": "/amount",
                 *           "code": "below-zero",
                 *           "expected": "不超过 100.00（treasury）",
                 *           "got": "200.00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
        After: string;
        /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
        Format: "json" | "csv" | "xlsx" | "tables";
        /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
        UnitOfMoney: "yuan" | "wan" | "yi";
        /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
        HiddenColumns: string;
        /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
        PrintedBy: string;
        /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
        Lang: "zh" | "en";
        /** @description 已有的实体标签 an entity tag you hold */
        IfNoneMatch: string;
        /** @description 错误说明的语言 language of errors: zh (default) or en */
        AcceptLanguage: string;
    };
    requestBodies: never;
    headers: {
        /** @description 实体标签 entity tag: of a command, the revision of its book */
        ETag: string;
        /** @description 日志位置 position of the log that is shown */
        "X-Ledger-Position": number;
        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
        "X-Ledger-Recorded-As-Of-Final": "true" | "false";
        /** @description CSV、XLSX：本次回答有哪些表 CSV, XLSX: the sheets of the answer, e.g. funds, books, accounts */
        "X-Ledger-Sheets": string;
        /** @description 文件名：报表、表、条件与日期 name of a file: the report, the sheet, its limits and days */
        "Content-Disposition": string;
        /** @description 未列出全部时：下一页，或列出全部的 CSV where not all is listed: the next page, rel="next", or the CSV that lists all, rel="alternate" */
        Link: string;
        /** @description 文字语言 language of the text */
        "Content-Language": "zh" | "en";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "ask-overview": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "funds" | "compared" | "trend" | "units" | "warnings";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewAnswer"];
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-fund-balance": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "funds" | "books" | "accounts";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-provincial-consolidation": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: string;
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-audit-trail": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 种类 kind */
                kind?: "opening-balance" | "opening-correction" | "transfer-opening" | "contribution" | "late-fee" | "subsidy" | "interest" | "contribution-recognition" | "contribution-refund" | "pending-allocation" | "donation" | "suspense-receipt" | "suspense-release" | "payout" | "third-party-reimbursement" | "serious-illness-premium" | "serious-illness-settlement" | "personal-account-credit" | "personal-transfer-in" | "personal-transfer-out" | "personal-transfer-return" | "advance-payment" | "advance-clearing" | "advance-return" | "advance-write-off" | "inbound-care-funding" | "inbound-care-payment" | "risk-fund-allocation" | "risk-fund-use" | "loan" | "loan-repayment" | "liability-write-off" | "money-movement" | "remittance-up" | "remittance-received" | "funding-down" | "funding-received" | "recovery" | "penalty" | "claim-audit" | "credit-rating" | "lead-receipt" | "lead-dispatch" | "lead-closing" | "case-opening" | "case-closing" | "contract-penalty" | "misdirected-fine" | "misdirected-fine-forwarding" | "agreement-signing" | "agreement-suspension" | "agreement-termination" | "payment-suspension" | "payment-release" | "quality-deposit-hold" | "quality-deposit-release" | "budget-approval" | "budget-adjustment" | "enrolment-count" | "indicators" | "disclosure" | "period-close" | "period-reopening" | "year-close" | "reversal" | "prior-year-correction" | "memo-withdrawal" | "reference-set" | "fund-adoption" | "unit-adoption" | "account-adoption" | "policy-adoption" | "collection-window-adoption";
                /** @description 对方编号 counterparty */
                counterparty?: string;
                /** @description 凭证字：收、付、转 series of vouchers */
                voucherType?: "receipt" | "payment" | "transfer";
                /** @description 凭证号自 first voucher number */
                fromNumber?: string;
                /** @description 凭证号至 last voucher number */
                toNumber?: string;
                /** @description 最小金额 least amount */
                minAmount?: string;
                /** @description 最大金额 greatest amount */
                maxAmount?: string;
                /** @description 案件号 case */
                caseId?: string;
                /** @description 经办 maker */
                maker?: string;
                /** @description 复核 reviewer */
                reviewer?: string;
                /** @description 检索词 words to look for */
                q?: string;
                /** @description 每页张数（默认 50；导出 CSV 时默认不分页） vouchers on a page (default 50; CSV is exported whole unless told) */
                limit?: string;
                /** @description 上一页的游标 cursor of the page before */
                cursor?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description 导入的文件，其 SHA-256 的前 32 位 an imported file, by the first 32 digits of its SHA-256 */
                source?: string;
                /** @description 科目（同时给出基金和单位时带逐笔余额） account (with fund and unit: its running balance) */
                account?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "journal" | "account";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-trial-balance": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位，默认全省汇总 unit; all of the province added up unless said otherwise */
                unit?: string;
                /** @description 范围：本单位，或连同下级相加（上下级往来科目照列）；给出单位时默认本单位 scope: the unit itself, or with all below it added up, flows between them listed; of a unit: itself */
                scope?: "unit" | "consolidated";
                /** @description 会计期间：月、季或年，代替起止日 period: a month, a quarter or a year, in place of from and to */
                period?: string;
                /** @description 对比期间：月、季、年，或起日..止日；previous 为上一期，year-before 为上年同期 period to compare with: a month, a quarter, a year, first..last day, previous or year-before */
                compareWith?: string;
                /** @description 列到第几级，默认 2 how deep it goes, 2 unless said otherwise */
                level?: "1" | "2" | "3";
                /** @description 无发生额与余额的科目，默认不列 accounts without any amount; left out unless said */
                zeros?: "hide" | "show";
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: string;
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-account-ledger": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 种类 kind */
                kind?: "opening-balance" | "opening-correction" | "transfer-opening" | "contribution" | "late-fee" | "subsidy" | "interest" | "contribution-recognition" | "contribution-refund" | "pending-allocation" | "donation" | "suspense-receipt" | "suspense-release" | "payout" | "third-party-reimbursement" | "serious-illness-premium" | "serious-illness-settlement" | "personal-account-credit" | "personal-transfer-in" | "personal-transfer-out" | "personal-transfer-return" | "advance-payment" | "advance-clearing" | "advance-return" | "advance-write-off" | "inbound-care-funding" | "inbound-care-payment" | "risk-fund-allocation" | "risk-fund-use" | "loan" | "loan-repayment" | "liability-write-off" | "money-movement" | "remittance-up" | "remittance-received" | "funding-down" | "funding-received" | "recovery" | "penalty" | "claim-audit" | "credit-rating" | "lead-receipt" | "lead-dispatch" | "lead-closing" | "case-opening" | "case-closing" | "contract-penalty" | "misdirected-fine" | "misdirected-fine-forwarding" | "agreement-signing" | "agreement-suspension" | "agreement-termination" | "payment-suspension" | "payment-release" | "quality-deposit-hold" | "quality-deposit-release" | "budget-approval" | "budget-adjustment" | "enrolment-count" | "indicators" | "disclosure" | "period-close" | "period-reopening" | "year-close" | "reversal" | "prior-year-correction" | "memo-withdrawal" | "reference-set" | "fund-adoption" | "unit-adoption" | "account-adoption" | "policy-adoption" | "collection-window-adoption";
                /** @description 对方编号 counterparty */
                counterparty?: string;
                /** @description 凭证字：收、付、转 series of vouchers */
                voucherType?: "receipt" | "payment" | "transfer";
                /** @description 凭证号自 first voucher number */
                fromNumber?: string;
                /** @description 凭证号至 last voucher number */
                toNumber?: string;
                /** @description 最小金额 least amount */
                minAmount?: string;
                /** @description 最大金额 greatest amount */
                maxAmount?: string;
                /** @description 案件号 case */
                caseId?: string;
                /** @description 经办 maker */
                maker?: string;
                /** @description 复核 reviewer */
                reviewer?: string;
                /** @description 检索词 words to look for */
                q?: string;
                /** @description 每页张数（默认 50；导出 CSV 时默认不分页） vouchers on a page (default 50; CSV is exported whole unless told) */
                limit?: string;
                /** @description 上一页的游标 cursor of the page before */
                cursor?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位，默认最上一级 unit; the highest unless said otherwise */
                unit?: string;
                /** @description 科目，默认财政专户存款 account; the fiscal account unless said otherwise */
                account?: string;
                /** @description 报表项目，代替科目：该项目由哪些分录构成，如 income-expenditure/pool-income/4001 a line of a statement in place of an account: the entries it is made of */
                line?: string;
                /** @description 报表项目的范围：本单位，或含下级汇总；给出单位时默认本单位 scope of a line: the unit itself, or with all below it as one; of a unit: itself */
                scope?: "unit" | "consolidated";
                /** @description 按何日的科目表和单位划分报表项目，默认截止日 the day whose chart and units say what belongs to a line; the last day unless said otherwise */
                chartOn?: string;
                /** @description 明细账，或逐日结出本日合计的日记账 an account ledger, or a day book with a total of every day */
                form?: "ledger" | "day-book";
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "ledger";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-journal": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 种类 kind */
                kind?: "opening-balance" | "opening-correction" | "transfer-opening" | "contribution" | "late-fee" | "subsidy" | "interest" | "contribution-recognition" | "contribution-refund" | "pending-allocation" | "donation" | "suspense-receipt" | "suspense-release" | "payout" | "third-party-reimbursement" | "serious-illness-premium" | "serious-illness-settlement" | "personal-account-credit" | "personal-transfer-in" | "personal-transfer-out" | "personal-transfer-return" | "advance-payment" | "advance-clearing" | "advance-return" | "advance-write-off" | "inbound-care-funding" | "inbound-care-payment" | "risk-fund-allocation" | "risk-fund-use" | "loan" | "loan-repayment" | "liability-write-off" | "money-movement" | "remittance-up" | "remittance-received" | "funding-down" | "funding-received" | "recovery" | "penalty" | "claim-audit" | "credit-rating" | "lead-receipt" | "lead-dispatch" | "lead-closing" | "case-opening" | "case-closing" | "contract-penalty" | "misdirected-fine" | "misdirected-fine-forwarding" | "agreement-signing" | "agreement-suspension" | "agreement-termination" | "payment-suspension" | "payment-release" | "quality-deposit-hold" | "quality-deposit-release" | "budget-approval" | "budget-adjustment" | "enrolment-count" | "indicators" | "disclosure" | "period-close" | "period-reopening" | "year-close" | "reversal" | "prior-year-correction" | "memo-withdrawal" | "reference-set" | "fund-adoption" | "unit-adoption" | "account-adoption" | "policy-adoption" | "collection-window-adoption";
                /** @description 对方编号 counterparty */
                counterparty?: string;
                /** @description 凭证字：收、付、转 series of vouchers */
                voucherType?: "receipt" | "payment" | "transfer";
                /** @description 凭证号自 first voucher number */
                fromNumber?: string;
                /** @description 凭证号至 last voucher number */
                toNumber?: string;
                /** @description 最小金额 least amount */
                minAmount?: string;
                /** @description 最大金额 greatest amount */
                maxAmount?: string;
                /** @description 案件号 case */
                caseId?: string;
                /** @description 经办 maker */
                maker?: string;
                /** @description 复核 reviewer */
                reviewer?: string;
                /** @description 检索词 words to look for */
                q?: string;
                /** @description 每页张数（默认 50；导出 CSV 时默认不分页） vouchers on a page (default 50; CSV is exported whole unless told) */
                limit?: string;
                /** @description 上一页的游标 cursor of the page before */
                cursor?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description 科目：列出涉及该科目的凭证，整张 account: the vouchers that touch it, each whole */
                account?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "journal";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-difference": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 对比时点的业务截止日（含；默认起日的前一日；只对比入账时点时与截止日相同） last business day of the point it is compared with (default: the day before the first; the same day, where moments of recording alone are compared) */
                againstAsOf?: string;
                /** @description 对比时点的入账截止（默认与 recordedAsOf 相同） as recorded by, of the point it is compared with */
                againstRecordedAsOf?: string;
                /** @description 核算单位，默认全省汇总 unit; all of the province added up unless said otherwise */
                unit?: string;
                /** @description 范围：本单位，或连同下级相加；给出单位时默认本单位 scope: the unit itself, or with all below it added up; of a unit: itself */
                scope?: "unit" | "consolidated";
                /** @description 科目：只看该科目及其下级 account: it and all below it alone */
                account?: string;
                /** @description 每页张数（默认 50；导出 CSV 时默认不分页） vouchers on a page (default 50; CSV is exported whole unless told) */
                limit?: string;
                /** @description 上一页的游标 cursor of the page before */
                cursor?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "accounts" | "units" | "vouchers";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DifferenceAnswer"];
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-enforcement": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "recoveries" | "penalties" | "cases" | "findings";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-budget-execution": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "funds" | "books";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-early-warning": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "funds" | "books";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-likely-duplicates": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description 至多列出的组数（默认 500） most groups listed (default 500) */
                limit?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "duplicates" | "sums";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-periods": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "books" | "board";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeriodsAnswer"];
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-registers": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description 登记簿 register */
                register?: "advances" | "suspense" | "loans" | "quality-deposits" | "in-transit";
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "advances" | "suspense" | "loans" | "quality-deposits" | "in-transit" | "ties";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-pooling-matrix": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: string;
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-closing-checklist": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description 会计期间（2025-05）或年度（2025）；默认截止日所在月 period (2025-05) or year (2025); default: that of to */
                period?: string;
                /** @description 范围：本单位，或含下级；默认本单位 scope: the unit itself unless those below it too */
                scope?: "unit" | "below";
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "checks" | "books";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-gap-sharing": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "proposals";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-disclosure": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "disclosures" | "figures";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-reference": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 截止日，同 to the day: the same as to */
                at?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "funds" | "units" | "accounts" | "policies" | "windows" | "changes";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-income-expenditure": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位，默认全省汇总 unit; the province as one unless said otherwise */
                unit?: string;
                /** @description 范围：本单位，或含下级汇总（已抵销上下级往来）；给出单位时默认本单位 scope: the unit itself, or with all below it as one, flows between them eliminated; of a unit: itself */
                scope?: "unit" | "consolidated";
                /** @description 月报或年报，默认月报 monthly or yearly form; monthly unless said otherwise */
                form?: "monthly" | "yearly";
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: string;
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-balance-sheet": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位，默认全省汇总 unit; the province as one unless said otherwise */
                unit?: string;
                /** @description 范围：本单位，或含下级汇总（已抵销上下级往来）；给出单位时默认本单位 scope: the unit itself, or with all below it as one, flows between them eliminated; of a unit: itself */
                scope?: "unit" | "consolidated";
                /** @description 月报或年报，默认月报 monthly or yearly form; monthly unless said otherwise */
                form?: "monthly" | "yearly";
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: string;
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-net-assets": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位，默认全省汇总 unit; the province as one unless said otherwise */
                unit?: string;
                /** @description 范围：本单位，或含下级汇总（已抵销上下级往来）；给出单位时默认本单位 scope: the unit itself, or with all below it as one, flows between them eliminated; of a unit: itself */
                scope?: "unit" | "consolidated";
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: string;
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-final-accounts": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位，默认全省汇总 unit; the province as one unless said otherwise */
                unit?: string;
                /** @description 范围：本单位，或含下级汇总（已抵销上下级往来）；给出单位时默认本单位 scope: the unit itself, or with all below it as one, flows between them eliminated; of a unit: itself */
                scope?: "unit" | "consolidated";
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: string;
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description 日志位置 position of the log that is shown */
                        position: number;
                        /** @description 所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有 what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV */
                        recordedAsOfIsFinal: boolean | null;
                    };
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-search": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 查找的文字、编号或金额 what is looked for: words, a number or an amount */
                q?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "hits";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchAnswer"];
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "ask-voucher-days": {
        parameters: {
            query?: {
                /** @description 起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限） first business day, inclusive (default: 1 January of the year; of lists: the first there is) */
                from?: string;
                /** @description 截止日（业务日期，含；默认今天，清单不限） last business day, inclusive (default: today; of lists: the last there is) */
                to?: string;
                /** @description 截止日，同 to the last business day: the same as to */
                asOf?: string;
                /** @description 入账截止（日、时刻或位置；默认全部） as recorded by (day, instant or position; default: all there is) */
                recordedAsOf?: string;
                /** @description 基金 fund */
                fund?: string;
                /** @description 核算单位 unit */
                unit?: string;
                /** @description CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部 which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all */
                sheet?: "days";
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
                /** @description 格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；tables：与 json 同一回答，排成表 format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a page, sent as it is read; tables: the answer that json has, laid out as tables */
                format?: components["parameters"]["Format"];
                /** @description CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见 what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and tables as on screen */
                unitOfMoney?: components["parameters"]["UnitOfMoney"];
                /** @description CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔 columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3 */
                hiddenColumns?: components["parameters"]["HiddenColumns"];
                /** @description XLSX 中注明的打印人 who has it printed, as an XLSX file says */
                printedBy?: components["parameters"]["PrintedBy"];
                /** @description 语言，代替 Accept-Language 头 the language, in place of the header Accept-Language: for links to files */
                lang?: components["parameters"]["Lang"];
            };
            header?: {
                /** @description 已有的实体标签 an entity tag you hold */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 回答 the answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    "X-Ledger-Recorded-As-Of-Final": components["headers"]["X-Ledger-Recorded-As-Of-Final"];
                    "X-Ledger-Sheets": components["headers"]["X-Ledger-Sheets"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VoucherDaysAnswer"];
                    "text/csv": string;
                    "application/vnd.tongzhang.tables+json": components["schemas"]["Tables"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description 与所持相同 the same as you hold */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "read-voucher": {
        parameters: {
            query?: {
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path: {
                /** @description 凭证标识 id of the voucher, e.g. book-employee-460100-12 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 事件原文及其含义、来历与冲销链 the event as stored, what it means, where it came from, what it is linked to */
            200: {
                headers: {
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredEventPage"];
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "print-voucher": {
        parameters: {
            query?: {
                /** @description 回答须显示到的日志位置，最多等 2 秒 position the answer must show; waits up to 2 s for it */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path: {
                /** @description 凭证标识 id of the voucher, e.g. book-employee-460100-12 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 记账凭证 the voucher: its lines by sheets, the total in figures and in words */
            200: {
                headers: {
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                    "text/plain": string;
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "read-events": {
        parameters: {
            query?: {
                /** @description 从此位置之后 position after which to begin */
                after?: string;
                /** @description 此位置之前的最后一页，与 after 只给其一 the last page before a position; either this or `after` */
                before?: string;
                /** @description 一页最多条数，至 10000，有筛选或 before 时至 1000；JSON 默认 100，NDJSON 默认直至日志末尾 most events of a page, up to 10,000, or 1,000 with a filter or `before`; default: 100 as JSON, as NDJSON all to the end of the log */
                limit?: string;
                /** @description 流名，或几个流名的开头 name of a stream, or what the names of several begin with */
                stream?: string;
                /** @description 事件类型（可不带版本）或种类 type of the event, or its kind */
                type?: string;
                /** @description 入账自（日、时刻或位置，含） recorded from, inclusive */
                recordedFrom?: string;
                /** @description 入账至（日、时刻或位置，含） recorded to, inclusive */
                recordedTo?: string;
                /** @description 事件原文中的文字，不分大小写 text in the stored event, in any case */
                q?: string;
                /** @description tables：供屏幕显示的表 tables: as a screen shows it */
                format?: "json" | "tables";
            };
            header?: {
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 事件；连接被重置即不完整 events; where they cannot be finished the connection is reset, never closed as if whole */
            200: {
                headers: {
                    "X-Ledger-Position": components["headers"]["X-Ledger-Position"];
                    /** @description 下一页、上一页、第一页、最后一页 rel="next", "prev", "first" and "last"; of lines only the next page */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventsPage"];
                    "application/vnd.tongzhang.tables+json": components["schemas"]["EventTables"];
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "follow-events": {
        parameters: {
            query?: {
                /** @description 从此位置之后，默认日志末尾 position after which to begin; default: the end */
                after?: string;
                /** @description 流名，或其开头 name of a stream, or what it begins with */
                stream?: string;
                /** @description 事件类型（可不带版本）或种类 type of the event, or its kind */
                type?: string;
                /** @description 事件原文中的文字，不分大小写 text in the stored event, in any case */
                q?: string;
                /** @description tables：屏幕上的一行 tables: the row of a screen */
                format?: "json" | "tables";
            };
            header?: {
                /** @description 最后看到的位置，优先于 after the last position seen, before `after` */
                "Last-Event-ID"?: string;
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 直至客户端离开或服务停止 until the client leaves, or the service stops */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "list-imports": {
        parameters: {
            query?: {
                /** @description 上一页最后一个导入的标识 id of the last import of the page before */
                after?: string;
                /** @description 最多个数，1 至 100，默认 20 most imports, 1 to 100, default 20 */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 导入及其状态；next 为下一页 imports and how they stand; next is the next page */
            200: {
                headers: {
                    /** @description 下一页，到末尾则无 the next page, rel="next"; absent where there is none */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Imports"];
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "import-file": {
        parameters: {
            query?: {
                /** @description 只检查，不入账 check only */
                dryRun?: "true" | "false";
                /** @description 合格的行入账 post the good lines though others are bad */
                acceptGood?: "true" | "false";
                /** @description 疑似重复的行照样入账，并记下疑点 post also what is likely recorded already, with a finding */
                acceptDuplicates?: "true" | "false";
                /** @description 编码：utf-8、gb18030（gbk、gb2312）、utf-16le、utf-16be；也可写在内容类型的 charset；默认由全文判断 encoding; may stand as charset in the content type; default: judged by the whole file */
                encoding?: string;
                /** @description 对照数，JSON 文本 control totals, as JSON text */
                control?: string;
                /** @description 文件名，内容类型不说明格式时由它定 name of the file, which decides the format where the content type does not; else the first character */
                filename?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
                "application/csv": string;
                "application/x-ndjson": string;
                "application/ndjson": string;
                "application/jsonl": string;
                "application/x-jsonlines": string;
                "text/plain": string;
                "application/vnd.ms-excel": string;
                "application/octet-stream": string;
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                    /** @enum {string} */
                    dryRun?: "true" | "false";
                    /** @enum {string} */
                    acceptGood?: "true" | "false";
                    /** @enum {string} */
                    acceptDuplicates?: "true" | "false";
                    encoding?: string;
                    control?: string;
                };
            };
        };
        responses: {
            /** @description 已接受 accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["Invalid"];
            403: components["responses"]["CrossSite"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            414: components["responses"]["TargetTooLong"];
            415: components["responses"]["UnsupportedType"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["DiskFull"];
        };
    };
    "read-import": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 导入标识 id of the import */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 状态（status）：queued、running、paused（原因消除后自行继续）、done、failed、cancelled、set-aside（不再继续）；进度、原因或结果 the status; paused goes on by itself, set-aside does not; progress, reason or result */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cancel-import": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 导入标识 id of the import */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 已取消；已入账的保留 cancelled; what was posted stays */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description 在下一批之前停止 it ends before its next batch */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description 已结束，其记录与清单已删除 it had ended; its record and its lists are removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            403: components["responses"]["CrossSite"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            414: components["responses"]["TargetTooLong"];
            415: components["responses"]["UnsupportedType"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["DiskFull"];
        };
    };
    "read-import-list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 导入标识 id of the import */
                id: string;
                /** @description 清单 list: errors or rejects */
                list: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 清单 the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 应答 it does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 可用，附时钟等状况 ready, with the state of the clock, the store and the read tables */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    measure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 指标 figures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    describe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "describe-topic": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description AsyncAPI 3.0 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "read-schema": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 事件类型 type of the event, e.g. ContributionRecorded */
                name: string;
                /** @description 版本 its version, e.g. v1.json */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description JSON Schema 2020-12 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "list-imported-files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 文件，最近入账的在前 files, those recorded last first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportedFiles"];
                };
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "list-names": {
        parameters: {
            query: {
                /** @description 何种名称 which names */
                of: "kind" | "maker" | "reviewer" | "caseId";
                /** @description 名称的一部分 a part of the name */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 名称，按序，至多 50 个 names in order, 50 at most */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamesInUse"];
                };
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "list-jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 任务，不含结果 jobs, without their results */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Jobs"];
                };
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "start-job": {
        parameters: {
            query?: never;
            header?: {
                /** @description 错误说明的语言 language of errors: zh (default) or en */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobRequest"];
            };
        };
        responses: {
            /** @description 已接受 accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Invalid"];
            403: components["responses"]["CrossSite"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            414: components["responses"]["TargetTooLong"];
            415: components["responses"]["UnsupportedType"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooMany"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["DiskFull"];
        };
    };
    "read-job": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 任务标识 id of the job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 任务 the job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "cancel-job": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 任务标识 id of the job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 已取消 cancelled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description 正在结束 it is coming to its end */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description 已结束，其记录与文件已删除 it had ended; its record and its file are removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            403: components["responses"]["CrossSite"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["TimedOut"];
            413: components["responses"]["TooLarge"];
            414: components["responses"]["TargetTooLong"];
            415: components["responses"]["UnsupportedType"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
            507: components["responses"]["DiskFull"];
        };
    };
    "read-job-file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 任务标识 id of the job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 文件，摘要在 Repr-Digest the file; its digest is in Repr-Digest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "read-operation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 状况，也在不可用时作答 how it stands; answered also where it is not ready */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
    "read-downstream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 投递 delivery */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Downstream"];
                };
            };
            400: components["responses"]["Invalid"];
            414: components["responses"]["TargetTooLong"];
            417: components["responses"]["ExpectationFailed"];
            421: components["responses"]["Misdirected"];
            431: components["responses"]["HeadTooLarge"];
            503: components["responses"]["Unavailable"];
        };
    };
}
