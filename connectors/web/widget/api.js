// The chat API below /api/v1 (docs/einbettung.md).

const SECONDS = 4.5;
// The gateway gives up a message after 60 s.
export const ANSWER_SECONDS = 65;
// The server says something on the stream every 10 s.
const SILENT_SECONDS = 25;

export class Problem extends Error {
  /** @param {number} status 0: nothing came back @param {string} detail for the citizen; "" where the answer had none */
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }

  /** Whether the same request may well succeed later: no connection, or a proxy without the service behind it. */
  get lost() {
    return [0, 502, 504].includes(this.status);
  }

  /** Whether the conversation is over or not ours. */
  get over() {
    return this.status === 404 || this.status === 401;
  }
}

export class Api {
  /** @param {string} server */
  constructor(server) {
    this.server = server;
  }

  /**
   * @param {string} method @param {string} path below /conversations
   * @param {{token?: string, body?: object, signal?: AbortSignal, after?: number}} [more]
   * @returns {Promise<Response>} Throws Problem.
   */
  async call(method, path, { token, body, signal = AbortSignal.timeout(SECONDS * 1000), after } = {}) {
    /** @type {Record<string, string>} */
    const headers = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    if (after) headers["Last-Event-ID"] = String(after);
    let response;
    try {
      response = await fetch(`${this.server}/api/v1/conversations${path}`, {
        method, headers, signal, body: body && JSON.stringify(body), credentials: "omit", cache: "no-store",
      });
    } catch {
      throw new Problem(0, "");
    }
    if (response.ok) return response;
    const told = await response.json().catch(() => ({}));
    throw new Problem(response.status, typeof told.detail === "string" ? told.detail : "");
  }

  /** @returns {Promise<Notice[]>} What the city tells everybody just now; nothing where there is no connection. */
  async notices() {
    try {
      const response = await fetch(`${this.server}/api/v1/notices`, { signal: AbortSignal.timeout(SECONDS * 1000), credentials: "omit", cache: "no-store" });
      return response.ok ? await response.json() : [];
    } catch {
      return [];
    }
  }

  /**
   * Events after number `after`, as they come. Ends when the server ends; throws Problem, also when the server falls silent.
   * fetch and not EventSource: the token stays in a header and out of every log.
   * @param {string} id @param {string} token @param {number} after @param {AbortSignal} signal
   * @returns {AsyncGenerator<{number: number, failed: boolean, content: any}>}
   */
  async *events(id, token, after, signal) {
    const cut = new AbortController();
    signal.addEventListener("abort", () => cut.abort(), { once: true });
    let timer = setTimeout(() => cut.abort(), SILENT_SECONDS * 1000);
    try {
      const response = await this.call("GET", `/${id}/events`, { token, after, signal: cut.signal });
      const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
      const decoder = new TextDecoder();
      let rest = "";
      for (;;) {
        const { value, done } = await reader.read().catch(() => {
          throw new Problem(0, "");
        });
        if (done) return;
        clearTimeout(timer);
        timer = setTimeout(() => cut.abort(), SILENT_SECONDS * 1000);
        const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
        rest = /** @type {string} */ (blocks.pop());
        for (const block of blocks) {
          const event = parsed(block);
          if (event) yield event;
        }
      }
    } finally {
      clearTimeout(timer);
      cut.abort();
    }
  }
}

/** @param {string} block @returns {{number: number, failed: boolean, content: any} | null} */
function parsed(block) {
  const lines = block.split(/\r?\n/);
  const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6));
  if (!data.length) return null;
  const number = Number(lines.find((line) => line.startsWith("id: "))?.slice(4) ?? 0);
  return { number, failed: lines.includes("event: failed"), content: JSON.parse(data.join("\n")) };
}
