/**
 * Tells at the end which tests took longest.
 */
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

const SHOWN = 10;

export default class Slowest implements Reporter {
  onTestEnd(test: TestCase, { duration }: TestResult): void {
    const [, project, , ...title] = test.titlePath();
    this._ended.push({ name: `[${project}] ${title.join(' › ')}`, duration });
  }

  onEnd(): void {
    this._ended.sort((one, other) => other.duration - one.duration);
    console.log(`\n  The ${SHOWN} slowest:`);
    for (const { name, duration } of this._ended.slice(0, SHOWN)) {
      console.log(`  ${(duration / 1000).toFixed(1).padStart(6)} s  ${name}`);
    }
  }

  /** What this prints goes with what the list of tests prints. */
  printsToStdio(): boolean {
    return false;
  }

  private _ended: { name: string; duration: number }[] = [];
}
