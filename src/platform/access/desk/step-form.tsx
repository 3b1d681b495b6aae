import type { ComponentChildren, VNode } from 'preact';
import { useWords } from '../../languages/phone/words-context.tsx';
import type { Answer } from './ask.ts';

/** What is said when the server did not let somebody on. */
export function useRefusal(): (
  answer: Answer<unknown>,
  wrong: 'access.desk-not-let-in' | 'access.code-wrong',
) => string {
  const words = useWords();
  return (answer, wrong) => {
    if (answer.state !== 'refused') return words.say('access.desk-not-reached');
    return answer.minutes === null ? words.say(wrong) : words.say('access.desk-wait', { minutes: answer.minutes });
  };
}

export function StepForm({
  title,
  about,
  onSubmit,
  children,
}: {
  readonly title: string;
  readonly about?: string;
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <h1>{title}</h1>
      {about && <p>{about}</p>}
      {children}
    </form>
  );
}
