import { type DeskRole, deskRoles } from '../platform/access/role.ts';
import { addUser, listUsers, removeUser, resetUser } from '../platform/access/server/staff-accounts.ts';
import { withServer } from './office.ts';
import { environmentHelp, given, NotUnderstood, officeNumber, readWords, say, type Verb } from './verb.ts';

const options = {
  name: { type: 'string' },
  shown: { type: 'string' },
  role: { type: 'string' },
  office: { type: 'string' },
  offices: { type: 'string' },
} as const;

export const user: Verb = {
  help: `otaq user: staff who sign in at the desk.

  otaq user add    --name asma --shown "Asma Bibi" --role district --office 2
  otaq user add    --name sana --shown "Sana" --role social-organizer --office 2 --offices 3,4
  otaq user list
  otaq user reset  --name asma     a new first password; her passkeys and codes are gone
  otaq user remove --name asma

  --role  ${deskRoles.join(', ')}

A first password is shown once and is good for seven days. Whoever uses it chooses her own, and a second factor.
${environmentHelp}`,
  async run(words, config) {
    const { values, positionals } = readWords('user', words, options);
    const [action, ...more] = positionals;
    if (more.length > 0) throw new NotUnderstood(`otaq user does not know "${more[0]}".`);
    if (action === 'list')
      return withServer(config, async (_server, owner) => {
        const users = await listUsers(owner);
        for (const { name, shownName, role, office, passkeys, hasCode } of users)
          say(
            `${name.padEnd(20)} ${role.padEnd(17)} office ${office}, ${shownName}${passkeys > 0 || hasCode ? '' : ', no second factor yet'}`,
          );
        if (users.length === 0) say('Nobody can sign in at the desk yet: otaq user add …');
        return 0;
      });
    if (action !== 'add' && action !== 'reset' && action !== 'remove')
      throw new NotUnderstood('otaq user can add, list, reset and remove. otaq user --help shows each.');
    const name = given(`user ${action}`, '--name', values.name);
    if (action === 'remove')
      return withServer(config, async (_server, owner) => {
        await removeUser(owner, name);
        say(`${name} can no longer sign in.`);
        return 0;
      });
    if (action === 'reset')
      return withServer(config, async ({ now }, owner) => {
        sayPassword(name, await resetUser(owner, name, now()));
        return 0;
      });
    const role = given('user add', '--role', values.role);
    if (!(deskRoles as readonly string[]).includes(role))
      throw new NotUnderstood(`--role is "${role}". It may be ${deskRoles.join(', ')}.`);
    const offices = (values.offices ?? '')
      .split(',')
      .filter((text) => text.trim() !== '')
      .map((text) => officeNumber('user add', text.trim()));
    const account = {
      name,
      shownName: given('user add', '--shown', values.shown),
      role: role as DeskRole,
      office: officeNumber('user add', values.office),
      offices,
    };
    return withServer(config, async ({ now }, owner) => {
      sayPassword(name, await addUser(owner, account, now()));
      return 0;
    });
  },
};

function sayPassword(name: string, password: string): void {
  say(`First password of ${name}: ${password}\nIt is shown once, and is good for seven days.`);
}
