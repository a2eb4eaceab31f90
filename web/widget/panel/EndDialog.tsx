/** Asks once before the customer leaves for good. */

import { usePanel } from "./context";
import { Question } from "./Question";

export function EndDialog({ done }: { done: () => void }) {
  const { session, t } = usePanel();
  return (
    <Question title={t.endTitle} confirm={t.endConfirm} onConfirm={() => session.end()} done={done}>
      <p>{t.endText}</p>
    </Question>
  );
}
