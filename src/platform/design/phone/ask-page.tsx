import type { ComponentChildren, VNode } from 'preact';
import { useWords } from '../../languages/phone/words-context.tsx';
import { ActionRow, Button } from './button.tsx';
import { Steps } from './keypad.tsx';
import { Notice } from './notice.tsx';
import { Page, Question } from './page.tsx';

type AskPageProps = {
  readonly title: ComponentChildren;
  readonly subtitle?: ComponentChildren;
  readonly help: string;
  /** Which question this is, from 0, and how many there are; left out where there is one. */
  readonly at?: number;
  readonly of?: number;
  /** Whether this one is the last, where an answer has made others needless. */
  readonly last?: boolean;
  /** The question before, or out of them. */
  readonly onBack: () => void;
  /** The next question; from the last one, writes. */
  readonly onNext: () => void;
  readonly question: string;
  /** Whether it is answered. */
  readonly ready: boolean;
  readonly busy: boolean;
  /** Why it was refused, beside what was answered. */
  readonly said?: string | null;
  /** The word on the last page's button. */
  readonly save: string;
  readonly children: ComponentChildren;
};

/** One question a page: which of how many, the question with its listen mark, the answers, and on the last page the button that writes. */
export function AskPage(props: AskPageProps): VNode {
  const { title, subtitle, help, at = 0, of = 1, last = at === of - 1, onBack, onNext, question, ready, busy } = props;
  const words = useWords();
  return (
    <Page
      title={title}
      subtitle={subtitle}
      back={onBack}
      help={help}
      foot={
        <ActionRow>
          <Button
            kind="go"
            icon={last ? 'done' : 'next'}
            iconAfter={!last}
            disabled={!ready}
            busy={busy}
            onClick={onNext}
          >
            {last ? props.save : words.say('design.next')}
          </Button>
        </ActionRow>
      }
    >
      {of > 1 && <Steps at={at + 1} of={of} />}
      <Question spoken={question}>{question}</Question>
      {props.said && <Notice>{props.said}</Notice>}
      {props.children}
    </Page>
  );
}
