/**
 * Asks a kernel for all that it has run since it started.
 */
import type { Kernel } from '@jupyterlab/services';
import { KernelMessage } from '@jupyterlab/services';

import type { IHistoryEntry } from '../core/positions';

/** A busy kernel answers on the first when it is done, and on the second, if it does, at once. */
export type HistoryChannel = 'shell' | 'control';

/** Null where there is no answer. */
export async function requestHistory(
  kernel: Kernel.IKernelConnection,
  channel: HistoryChannel
): Promise<IHistoryEntry[] | null> {
  const content = {
    hist_access_type: 'range' as const,
    session: 0,
    start: 1,
    stop: 0,
    raw: true,
    output: false
  };
  const reply: KernelMessage.IMessage | undefined =
    channel === 'shell'
      ? await kernel.requestHistory(content)
      : await kernel.sendControlMessage(
          KernelMessage.createMessage({
            // The types know of this request on the other channel alone.
            msgType: 'history_request' as 'debug_request',
            channel: 'control',
            username: kernel.username,
            session: kernel.clientId,
            content: content as never
          }),
          true
        ).done;
  if (!reply) {
    return null;
  }
  const { history } = reply.content as { history?: unknown };
  return (Array.isArray(history) ? history : []).flatMap(
    (entry): IHistoryEntry[] => {
      const [, position, source] = entry as [unknown, unknown, unknown];
      return typeof position === 'number' && typeof source === 'string'
        ? [{ position, source }]
        : [];
    }
  );
}
