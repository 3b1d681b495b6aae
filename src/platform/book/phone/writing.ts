import { useState } from 'preact/hooks';
import { useWords } from '../../languages/phone/words-context.tsx';
import { useOffice } from './office.tsx';

/** What a page that writes one command keeps: what was refused, as a sentence, and whether it is being saved. */
export type Writing = {
  readonly said: string | null;
  readonly setSaid: (said: string | null) => void;
  readonly busy: boolean;
  /** Writes, says what was done with an undo, and answers the id of the first record it made; null when it was refused. */
  readonly put: (command: string, input: unknown, done: string) => Promise<string | null>;
};

export function useWriting(): Writing {
  const words = useWords();
  const { write, offerUndo } = useOffice();
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  return {
    said,
    setSaid,
    busy,
    async put(command, input, done) {
      setBusy(true);
      setSaid(null);
      try {
        const written = await write(command, input);
        if (!written.written) {
          setSaid(words.sayRefusal(written.refusal));
          return null;
        }
        offerUndo(written, done);
        return `${written.line.seat}-${written.line.line}`;
      } catch {
        // The program says that the phone could not save; what was typed stays.
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
}
