/*
 * A paper with the head of the book on it is held against the book: against what this phone itself remembers, and against what the office
 * says stood there. Where they differ, somebody has written the past again.
 */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { formatHead } from '../platform/book/chain.ts';
import { type Screen, useOffice } from '../platform/book/phone/office.tsx';
import type { IconName } from '../platform/design/phone/icon.tsx';
import { Ltr } from '../platform/design/phone/isolated.tsx';
import { Notice } from '../platform/design/phone/notice.tsx';
import { Page, Question } from '../platform/design/phone/page.tsx';
import { useWords } from '../platform/languages/phone/words-context.tsx';
import { parseHeadPath } from '../platform/print/head-path.ts';

type Finding = 'asking' | 'same' | 'other' | 'not-so-long' | 'not-reached';

const looks: Readonly<Record<Finding, { readonly icon: IconName; readonly tone: 'calm' | 'good' | 'care' }>> = {
  asking: { icon: 'late', tone: 'calm' },
  same: { icon: 'done', tone: 'good' },
  other: { icon: 'warn', tone: 'care' },
  'not-so-long': { icon: 'warn', tone: 'care' },
  'not-reached': { icon: 'saved', tone: 'calm' },
};

function HeadPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { head, askHead, go } = useOffice();
  const [finding, setFinding] = useState<Finding>('asking');
  const { sequence = '', digits = '' } = params;
  const printed = parseHeadPath(sequence, digits);
  useEffect(() => {
    const printed = parseHeadPath(sequence, digits);
    if (printed === null) return;
    const held = (hash: string) => setFinding(formatHead(hash) === printed.digits ? 'same' : 'other');
    // What the phone heard by itself needs no network, and nobody can have changed it.
    if (head?.sequence === printed.sequence) return held(head.hash);
    void askHead(printed.sequence).then(
      (hash) => (hash === null ? setFinding('not-so-long') : held(hash)),
      () => setFinding('not-reached'),
    );
  }, [sequence, digits, head, askHead]);
  if (printed === null)
    return (
      <Page title={words.say('print.head-title')} back={() => go('/')}>
        <Notice>{words.say('print.not-found')}</Notice>
      </Page>
    );
  const told = words.say(`print.head-${finding}`);
  const question = words.say('print.head-ask', { sequence: printed.sequence });
  return (
    <Page title={words.say('print.head-title')} back={() => go('/')} help={words.say('print.head-help')}>
      <Question spoken={`${question} ${told}`}>{question}</Question>
      <p>
        <Ltr class="wraps">{printed.digits}</Ltr>
      </p>
      <Notice icon={looks[finding].icon} tone={looks[finding].tone}>
        <p role="status">{told}</p>
      </Notice>
    </Page>
  );
}

export const headScreens: readonly Screen[] = [{ path: '/head/:sequence/:digits', component: HeadPage }];
