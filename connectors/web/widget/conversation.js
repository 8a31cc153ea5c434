// One conversation: what was said, what waits to be sent, what was heard. It knows nothing of how this looks.
import { ANSWER_SECONDS, Api, Problem } from "./api.js";
import { newId } from "./dom.js";
import { remember, remembered } from "./session.js";

const SLOW_MS = 6000;
const WARN_MS = 120000;
const PAUSES_MS = [1000, 2000, 4000, 8000, 15000];
// After so many events at once (a reload) the browser gets time for everything else.
const AT_ONCE = 20;

/**
 * Tells: "own" {id, own}, "answer" {reply, fresh}, "failed" {id, detail}, "state" {state}, "back", "warning", "renewed", "ended" {reason, told}.
 */
export class Conversation extends EventTarget {
  /** @param {string} server */
  constructor(server) {
    super();
    this.api = new Api(server);
    /** @type {Kept | null} */
    this.kept = remembered();
    if (!this.kept) remember(null);
    /** @type {State} */
    this.state = "ready";
    /** @type {Set<string>} */
    this.answered = new Set();
    this.last = 0;
    this.sending = false;
    this.tries = 0;
    /** @type {AbortController | null} */
    this.stream = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.retry = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.slow = undefined;
    this.warned = false;
    /** @type {[string, Own][]} Said before there is a conversation. */
    this.early = [];
  }

  /** @param {string} type @param {object} [detail] */
  tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Goes on after a reload. */
  restore() {
    for (const [id, own] of Object.entries(this.kept?.own ?? {})) {
      this.tell("own", { id, own });
      if (own.failed) this.tell("failed", { id, detail: own.failed });
    }
    this.flush();
  }

  /** @param {string} text @param {Content} content */
  say(text, content) {
    this.add(newId(), { text, content, waiting: true });
    this.flush();
  }

  /** @param {string} id */
  again(id) {
    const own = this.find(id);
    if (!own) return;
    delete own.failed;
    own.waiting = true;
    this.flush();
  }

  /** @param {string} id @param {Own} own */
  add(id, own) {
    if (this.kept) {
      this.kept.own[id] = own;
      remember(this.kept);
    } else this.early.push([id, own]);
    this.tell("own", { id, own });
  }

  /** @param {string} id @returns {Own | undefined} */
  find(id) {
    return this.kept?.own[id] ?? this.early.find(([one]) => one === id)?.[1];
  }

  /** @returns {[string, Own] | undefined} What was said first and waits. */
  next() {
    return [...Object.entries(this.kept?.own ?? {}), ...this.early].find(([, own]) => own.waiting);
  }

  /** Sends what waits, one after the other: the order is the citizen's. The same id twice is one message to the server. */
  async flush() {
    clearTimeout(this.retry);
    if (this.sending) return;
    this.sending = true;
    try {
      for (let one = this.next(); one; one = this.next()) {
        if (!navigator.onLine) throw new Problem(0, "");
        this.think();
        await this.send(...one);
      }
      this.be("ready");
    } catch {
      this.be("offline");
      this.retry = setTimeout(() => this.flush(), PAUSES_MS[Math.min(this.tries++, PAUSES_MS.length - 1)]);
    } finally {
      this.sending = false;
    }
  }

  /** @param {string} id @param {Own} own Throws Problem where there is no connection. */
  async send(id, own) {
    try {
      const kept = this.kept ?? (await this.begin());
      const signal = AbortSignal.timeout(ANSWER_SECONDS * 1000);
      const body = { ...own.content, message_id: id };
      const response = await this.api.call("POST", `/${kept.id}/messages?wait=true`, { token: kept.token, body, signal });
      this.connected();
      const reply = await response.json().catch(() => {
        throw new Problem(0, "");
      });
      if (this.kept !== kept) return; // deleted meanwhile
      this.hear(reply);
      this.extend();
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(500, "");
      if (problem.lost) throw problem;
      this.connected();
      if (problem.over && this.kept) this.startOver();
      else this.fail(id, problem.message);
    }
  }

  async begin() {
    // Staff who try something come with ?pruefung=1: it counts in no figure.
    const how = new URLSearchParams(location.search).has("pruefung") ? { body: { pruefung: true } } : {};
    const { id, token, expires_minutes: minutes } = await (await this.api.call("POST", "", how)).json();
    /** @type {Kept} */
    const kept = { id, token, minutes, until: 0, own: Object.fromEntries(this.early), ticks: {}, ratings: {}, closed: false };
    this.kept = kept;
    this.early = [];
    this.last = 0;
    this.extend();
    this.listen();
    return kept;
  }

  /** The conversation was over: what was typed meanwhile begins a new one. A button of the old one means nothing there. */
  startOver() {
    const typed = Object.entries(this.kept?.own ?? {}).filter(([, own]) => own.waiting && own.content.text);
    this.end("over");
    for (const [id, own] of typed) this.add(id, own);
  }

  /** @param {string} id @param {string} detail */
  fail(id, detail) {
    const own = this.find(id);
    if (!own || this.answered.has(id)) return;
    own.waiting = false;
    own.failed = detail;
    if (this.kept) remember(this.kept);
    this.tell("failed", { id, detail });
  }

  /** @param {Reply} reply The same answer may come twice: with its question and on the stream. */
  hear(reply) {
    const id = reply.message_id;
    if (this.answered.has(id) || !this.kept) return;
    const farewell = reply.replies.find(({ tun }) => tun === "gespraech_loeschen");
    if (farewell) return this.end("deleted", farewell.text); // nothing of it stays here either
    this.answered.add(id);
    const own = this.kept.own[id];
    const fresh = own ? own.waiting : this.last > 0;
    if (own) {
      own.waiting = false;
      delete own.failed;
    }
    remember(this.kept);
    this.tell("answer", { reply, fresh });
  }

  /** Opens the stream of events where there is a conversation, and opens it again when it breaks. */
  async listen() {
    if (!this.kept || this.stream || !navigator.onLine) return;
    const kept = this.kept;
    const stream = (this.stream = new AbortController());
    let pause = 0;
    while (!stream.signal.aborted) {
      let over = false;
      try {
        let count = 0;
        for await (const { number, failed, content } of this.api.events(kept.id, kept.token, this.last, stream.signal)) {
          this.last = number;
          pause = 0;
          if (!failed) this.hear(content);
          else if (!kept.own[content.message_id]?.waiting) this.fail(content.message_id, content.detail);
          if (++count % AT_ONCE === 0) await new Promise((done) => setTimeout(done));
        }
      } catch (problem) {
        over = problem instanceof Problem && problem.over;
      }
      if (stream.signal.aborted) break;
      if (over) return this.end("over");
      await new Promise((done) => setTimeout(done, PAUSES_MS[Math.min(pause++, PAUSES_MS.length - 1)]));
    }
  }

  /** Nobody looks: the connection is given back. */
  pause() {
    this.stream?.abort();
    this.stream = null;
  }

  /** Something came back from the server. */
  connected() {
    this.tries = 0;
    if (this.state !== "offline") return;
    this.be("ready");
    this.tell("back");
    if (this.next()) this.think();
  }

  /** The browser says whether it has a network. @param {boolean} online */
  network(online) {
    if (!online) {
      this.pause();
      this.be("offline");
    } else if (this.next()) this.flush();
    else this.connected();
  }

  think() {
    if (this.state !== "ready") return;
    this.be("thinking");
    this.slow = setTimeout(() => this.be("slow"), SLOW_MS);
  }

  /** @param {State} state */
  be(state) {
    if (state !== "thinking") clearTimeout(this.slow);
    if (state === this.state) return;
    this.state = state;
    this.tell("state", { state });
  }

  /** The time of the conversation begins anew. */
  extend() {
    if (!this.kept) return;
    this.kept.until = Date.now() + this.kept.minutes * 60000;
    this.warned = false;
    remember(this.kept);
    this.tell("renewed");
  }

  /** Asks the server for more time. */
  async renew() {
    if (!this.kept) return;
    try {
      await this.api.call("POST", `/${this.kept.id}/renew`, { token: this.kept.token });
      this.extend();
    } catch (problem) {
      if (problem instanceof Problem && problem.over) this.end("over");
    }
  }

  /** Looks at the clock: two minutes before the end it is said, and at the end everything goes. */
  watch() {
    if (!this.kept) return;
    const left = this.kept.until - Date.now();
    if (left <= 0) this.end("over");
    else if (left < Math.min(WARN_MS, (this.kept.minutes * 60000) / 2) && !this.warned) {
      this.warned = true;
      this.tell("warning");
    }
  }

  /** @param {string} id @param {{value: "up" | "down", reason?: string}} rating @returns {Promise<boolean>} whether it was taken */
  async rate(id, rating) {
    return this.post(`/messages/${id}/rating`, rating);
  }

  /** @param {boolean} solved @returns {Promise<boolean>} whether it was taken */
  async close(solved) {
    return this.post("/solved", { solved });
  }

  /** @param {string} path @param {object} body */
  async post(path, body) {
    if (!this.kept) return false;
    try {
      await this.api.call("POST", `/${this.kept.id}${path}`, { token: this.kept.token, body });
      return true;
    } catch {
      return false;
    }
  }

  /** @returns {Promise<boolean>} whether it is deleted now; else it ends by itself */
  async delete() {
    const kept = this.kept;
    let done = true;
    if (kept) {
      // A turn that runs is waited for, up to 5 s (connectors/gateway/service.py).
      const signal = AbortSignal.timeout(8000);
      await this.api.call("DELETE", `/${kept.id}`, { token: kept.token, signal }).catch((problem) => (done = problem.over));
    }
    this.end(done ? "deleted" : "later");
    return done;
  }

  /** @param {"over" | "deleted" | "later"} reason @param {string} [told] by the Lotse. Forgets everything here. */
  end(reason, told) {
    this.pause();
    this.kept = null;
    this.early = [];
    this.answered.clear();
    this.last = 0;
    this.warned = false;
    remember(null);
    this.be("ready");
    this.tell("ended", { reason, told });
  }
}
