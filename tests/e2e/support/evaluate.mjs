// `quotient eval`: what every page has to agree with.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { binary } from './market.mjs';

/** The answers to requests, in their order. */
export function evaluate(requests) {
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  const run = spawnSync(binary(), ['eval'], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr);
  const answers = run.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.equal(answers.length, requests.length);
  return answers;
}
