import { chromium } from 'playwright-core';

/** Debian's Chromium, or the one that the environment names. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? process.env.QUOTIENT_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
}
