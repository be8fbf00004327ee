import { Agent, get } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** Calls the sample's page through the ingress, as its readers do; gives what the last one saw. */
export async function readers(page: string, calls: number): Promise<string> {
  let left = calls;
  let seen = '';
  const one = () =>
    new Promise<string>((done, failed) => {
      get(page, { agent }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => (answer.statusCode === 200 ? done(text) : failed(new Error(`${page}: found ${answer.statusCode}, expected 200`))));
      }).on('error', failed);
    });
  const reader = async () => {
    while (left-- > 0) seen = await one();
  };
  await Promise.all(Array.from({ length: 8 }, reader));
  return seen;
}
