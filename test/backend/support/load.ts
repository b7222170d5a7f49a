import { Agent, request } from 'node:http';
import type { ConsentRecord } from '@placet/contract';

/** What came back for one decision; status 0 where the connection broke. */
export interface Answer {
  readonly id: string;
  readonly status: number;
  readonly body: string;
}

export interface LoadOptions {
  /** Requests under way at a time. @default 200 */
  concurrency?: number;
  /** Told of each answer as it arrives. */
  onAnswer?: (answer: Answer, count: number) => void;
}

/** Sends decisions to a server on this machine, each once, and answers what came back. */
export async function sendAll(
  endpoints: readonly string[],
  records: readonly ConsentRecord[],
  { concurrency = 200, onAnswer }: LoadOptions = {},
): Promise<Answer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const answers: Answer[] = [];
  const queue = records.entries();
  const work = async () => {
    for (const [index, record] of queue) {
      const answer = await post(endpoints[index % endpoints.length]!, record, agent);
      answers.push(answer);
      onAnswer?.(answer, answers.length);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  agent.destroy();
  return answers;
}

function post(endpoint: string, record: ConsentRecord, agent: Agent): Promise<Answer> {
  const payload = JSON.stringify(record);
  return new Promise((resolve) => {
    const fail = () => resolve({ id: record.id, status: 0, body: '' });
    const call = request(`${endpoint}/consents`, {
      agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) },
    });
    call.on('error', fail);
    call.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('error', fail);
      response.on('end', () => resolve({ id: record.id, status: response.statusCode ?? 0, body }));
    });
    call.end(payload);
  });
}

/** True where the server said that the decision is stored for good. */
export function isAcknowledged({ status }: Answer): boolean {
  return status === 200 || status === 201;
}
