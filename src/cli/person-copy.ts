import { writeFileSync } from 'node:fs';
import { subjectCopy } from '../platform/book/server/subject-copy.ts';
import { withServer } from './office.ts';
import { environmentHelp, given, NotUnderstood, officeNumber, readWords, say, type Verb } from './verb.ts';

const options = { office: { type: 'string' }, page: { type: 'string' } } as const;

export const personCopy: Verb = {
  help: `otaq person-copy: everything that is held on one person, for her to have.

  otaq person-copy FILE --office 10 --page 7-118

--page is the number of her page, as it stands on prints. The file is hers: give it to her, and keep none.
${environmentHelp}`,
  async run(words, config) {
    const { values, positionals } = readWords('person-copy', words, options);
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new NotUnderstood('otaq person-copy needs one FILE.');
    const office = officeNumber('person-copy', values.office);
    const page = given('person-copy', '--page', values.page);
    return withServer(config, async ({ registers }, owner) => {
      const copy = await subjectCopy(owner, registers, office, page);
      if (copy.hers.length === 0) {
        say(`Office ${office} has no page ${page}.`);
        return 1;
      }
      writeFileSync(path, `${JSON.stringify(copy, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
      say(`${copy.hers.length} pages of hers and ${copy.beside.length} that speak of her: ${path}`);
      return 0;
    });
  },
};
