// What every refusal over HTTP has to look like (RFC 9457, contract).
import assert from 'node:assert/strict';

/** Holds that an answer is a problem with a code, the client's fault, and not the server's. */
export function assertProblem({ status, headers, text }, what) {
  assert.ok(status >= 400 && status < 500, `${what}: status ${status}: ${text.slice(0, 500)}`);
  assert.equal(headers['content-type'], 'application/problem+json', what);
  const problem = JSON.parse(text);
  assert.equal(problem.status, status, what);
  assert.match(problem.code, /^[a-z_]+$/, what);
  assert.ok(problem.request_id, `${what}: no request id`);
  assert.match(problem.zh, /\p{Script=Han}/u, what);
  assert.match(problem.detail, /[a-z]/, what);
  for (const violation of problem.violations ?? []) {
    assert.match(violation.code, /^[a-z_]+$/, what);
    assert.match(violation.at, /^(\/|$)/, what);
  }
  return problem;
}
