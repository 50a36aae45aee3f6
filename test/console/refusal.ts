/** What a service answers that has failed. */
const PROBLEM = {
  type: 'urn:tongzhang:problem:internal',
  title: '内部错误',
  status: 500,
  detail: '内部错误，已记入日志',
  instance: '/v1/trial-balance#req-1',
  code: 'internal',
  errors: [],
};

/** The same as it is sent. */
export const REFUSAL = { status: 500, contentType: 'application/problem+json', body: JSON.stringify(PROBLEM) };
