import { pino } from 'pino';
import { startServer } from '../../server/main.ts';
import { untilStopped } from '../serve.ts';
import { environmentHelp, say, takesNothing, type Verb } from '../verb.ts';
import { demoCodes, demoDesk, describeLeader, prepareDemo } from './demo-office.ts';

export const demo: Verb = {
  help: `otaq demo: opens the sample office LSO Ibtida, and says where to go and how to sign in.\n${environmentHelp}`,
  async run(words, config) {
    takesNothing('demo', words);
    const log = pino({ level: process.env.LOG_LEVEL ?? 'warn' });
    const running = await startServer(config, log, (server, { owner }) => prepareDemo(server, owner, say));
    const codes = await demoCodes(running.server, running.database.owner);
    say(`
Otaq is open. Everything in it is a sample.

  A leader's phone    ${running.url}
                      Enter one of these codes, then choose a PIN of six digits:
${codes.map(({ code, leader }) => `                        ${code.slice(0, 5)} ${code.slice(5)}  ${describeLeader(leader)}`).join('\n')}

  The district's desk ${running.url}/desk
                      Name: ${demoDesk.name}   Password: ${demoDesk.password}

Press Ctrl and C to close it.`);
    await untilStopped();
    await running.close();
    return 0;
  },
};
