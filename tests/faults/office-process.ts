/* `otaq serve` as a process of its own, to be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export class OfficeProcess {
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;
  url = '';
  said = '';

  constructor(environment: Readonly<Record<string, string>>) {
    this.#environment = environment;
  }

  /** Starts it and waits until it says where it answers. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['src/cli/otaq.ts', 'serve'], {
      cwd: root,
      env: { ...process.env, LOG_LEVEL: 'error', PORT: '0', ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.said = '';
    this.url = await new Promise<string>((done, fail) => {
      const hear = (chunk: Buffer) => {
        this.said += chunk.toString();
        const url = /http:\/\/localhost:\d+/.exec(this.said)?.[0];
        if (url) done(url);
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      child.once('exit', (code) => fail(new Error(`otaq serve stopped with ${code}: ${this.said}`)));
    });
  }

  /** As when the battery is taken out. Resolves when it is gone. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  }
}
