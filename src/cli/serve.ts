import { pino } from 'pino';
import { startServer } from '../server/main.ts';
import { environmentHelp, say, takesNothing, type Verb } from './verb.ts';

export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

export const serve: Verb = {
  help: `otaq serve: answers phones and the desk until it is stopped.\n${environmentHelp}`,
  async run(words, config) {
    takesNothing('serve', words);
    const log = pino({ level: process.env.LOG_LEVEL ?? 'info' });
    const running = await startServer(config, log);
    say(`Otaq answers on ${running.url}`);
    if (running.firstWord !== null)
      say(`
Nobody can sign in yet. To open the programme, its districts and the first LSO, go to

  ${running.url}/desk/opening

and write this word, which is good until the first account is made or Otaq is stopped:

  ${running.firstWord}
`);
    await untilStopped();
    await running.close();
    return 0;
  },
};
