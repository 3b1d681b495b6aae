/* `otaq serve`, and what else an operator says, as processes of their own, to be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What makes the clock of a process so many milliseconds wrong. */
export function clockOff(milliseconds: number): Readonly<Record<string, string>> {
  return {
    CLOCK_IS_OFF: String(milliseconds),
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'shifted-clock.ts')}`,
  };
}

export type Command = {
  /** Exit code, null when it was killed, and all that it said. */
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
  readonly kill: () => void;
};

/** One command of an operator. */
export function otaq(words: readonly string[], environment: Readonly<Record<string, string>>): Command {
  const child = spawn(process.execPath, ['src/cli/otaq.ts', ...words], {
    cwd: root,
    env: { ...process.env, LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const ended = new Promise<{ code: number | null; said: string }>((done) => {
    child.once('close', (code) => done({ code, said }));
  });
  return { ended, kill: () => child.kill('SIGKILL') };
}

export class OfficeProcess {
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;
  url = '';
  said = '';

  constructor(environment: Readonly<Record<string, string>>) {
    this.#environment = environment;
  }

  /** Starts it, with what is otherwise this time, and waits until it says where it answers. */
  async start(otherwise: Readonly<Record<string, string>> = {}): Promise<void> {
    const child = spawn(process.execPath, ['src/cli/otaq.ts', 'serve'], {
      cwd: root,
      env: { ...process.env, LOG_LEVEL: 'error', PORT: '0', ...this.#environment, ...otherwise },
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

  /** Tells it to stop, and does not wait. */
  tellToStop(): void {
    this.#child?.kill('SIGTERM');
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
