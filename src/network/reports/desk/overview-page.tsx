import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { useAnswer, useDesk } from '../../../platform/access/desk/desk.tsx';
import { Waiting } from '../../../platform/design/desk/waiting.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { DistrictFigure } from '../district-figures.ts';
import type { DistrictPage, OpenedPage } from '../district-page.ts';
import { DistrictOverview } from './district-overview.tsx';

/** What the offices' registers say, and one figure opened. */
export function OverviewPage(): VNode {
  const words = useWords();
  const { person } = useDesk();
  const [key, setKey] = useState<DistrictFigure>('people-given-blood');
  const page = useAnswer<DistrictPage>('overview');
  const opened = useAnswer<OpenedPage>(`figures/${key}`);
  if (page === null || page === 'not-there') return <Waiting />;
  return (
    <>
      <div class="title">
        <h1>{nameIn(person.names, words.language)}</h1>
        <p>{words.say('reports.opens')}</p>
      </div>
      <DistrictOverview page={page} opened={opened === 'not-there' ? null : opened} onOpen={setKey} />
    </>
  );
}
